using System.Collections.Concurrent;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>
/// A process that has the journal to itself, after several had written it; and several, after one that had it.
/// </summary>
public sealed class PastWritersTests : IDisposable
{
    readonly PostgresPlace _place = new();

    public void Dispose() => _place.Dispose();

    [SkippableFact]
    public async Task It_answers_for_the_sends_and_timers_that_they_left()
    {
        Skip.If(_place.Missing is not null, _place.Missing);
        TaskCompletionSource<object> never = new();
        Host one = new(_place.Share(), options: new() { SharedJournal = true }, oracle: (_, _, _) => new(never.Task));
        Host two = new(_place.Share(), options: new() { SharedJournal = true }, oracle: (_, _, _) => new(never.Task));
        await one.Ask("a", new CounterCommand.Consult("1"));
        await two.Ask("b", new CounterCommand.Consult("2"));
        await two.Ask("b", new CounterCommand.Remind("3", two.Time.Now.AddMinutes(1)));
        one.Kill();
        two.Kill();

        ConcurrentQueue<string> asked = [];
        await using Host alone = new(_place.Connect(), new(two.Time.Now.AddSeconds(1)), oracle: (id, _, _) =>
        {
            asked.Enqueue(id);
            return new(new OracleAnswer("yes"));
        });
        await alone.Time.RunUntil(alone.Until<CounterEvent.Heard>("a"));
        await alone.Time.RunUntil(alone.Until<CounterEvent.Heard>("b"));
        alone.Time.Advance(TimeSpan.FromMinutes(1));
        await alone.Time.RunUntil(alone.Until<CounterEvent.Rang>("b"));
        Assert.Equal(["counter/default/a@1.0", "counter/default/b@1.0"], asked.Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task The_keys_that_one_had_logged_are_found_by_several()
    {
        Skip.If(_place.Missing is not null, _place.Missing);
        Host alone = new(_place.Connect());
        var personal = await alone.Cluster.Keyring.Seal<string>("s1", "text"u8.ToArray());
        await alone.Ask("a", new CounterCommand.Add("1", 1));
        Assert.Single(alone.Store.Inner.KeyLog());
        alone.Kill();

        using PostgresStore one = new(_place.Connection), two = new(_place.Connection);
        one.OpenToRead();
        var other = Enumerable.Repeat((byte)1, 32).ToArray();
        Keyring first = new(one, one.KeepKey), second = new(two, two.KeepKey);
        Assert.NotEqual(other, await one.KeepKey("s1", other));
        Assert.Equal("text"u8.ToArray(), await first.Open(personal));
        Assert.Equal(personal, await second.Seal<string>("s1", "text"u8.ToArray()));
        Assert.Empty(one.KeyLog());
    }
}
