namespace Fulfillment.Client.Api;

/// <summary>
/// Work of an upload: side by side, but on the same thing one after the other, in the order in which it came. For one
/// reader, who bounds how much is under way.
/// </summary>
sealed class OneByOne
{
    const int MostRemembered = 512;

    readonly Dictionary<string, Task> _underWay = new(StringComparer.Ordinal);

    /// <summary>All that has begun so far.</summary>
    public Task All => Task.WhenAll(_underWay.Values);

    /// <summary>
    /// Begins once what came before on the same thing has ended; <paramref name="afterAll"/>: what came before at all.
    /// The work must not fail.
    /// </summary>
    public Task<T> Begin<T>(string name, Func<Task<T>> work, bool afterAll = false)
    {
        if (_underWay.Count >= MostRemembered) Forget();
        var before = afterAll ? All : _underWay.GetValueOrDefault(name);
        var begun = before is null or { IsCompleted: true } ? work() : After(before, work);
        _underWay[name] = begun;
        return begun;
    }

    static async Task<T> After<T>(Task before, Func<Task<T>> work)
    {
        await before;
        return await work();
    }

    void Forget()
    {
        foreach (var (name, task) in _underWay.ToList())
            if (task.IsCompleted) _underWay.Remove(name);
    }
}
