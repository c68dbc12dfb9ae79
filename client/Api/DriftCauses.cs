using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>
/// By what another system's figure may differ from ours, as far as our movements tell: <c>counted-later</c> (it has
/// movements that came after the time it tells), <c>told-late</c> (we were told later of what had happened by then),
/// <c>movement-missing</c> (it lacks one of ours), <c>movement-twice</c> (it has one of ours twice),
/// <c>unexplained</c>.
/// </summary>
static class DriftCauses
{
    /// <summary>How many of the latest movements are looked at.</summary>
    public const int Looked = 200;

    /// <summary>
    /// The cause and the movement, the last one of several; <paramref name="movements"/>: newest first.
    /// </summary>
    public static (string Cause, string? Movement) Of(
        IReadOnlyList<MovementRow> movements, string node, DateTimeOffset at, long difference)
    {
        var then = at.ToUnixTimeMilliseconds();
        var here = movements.Where(m => m.Node == node && Change(m) != 0).Reverse().ToList();
        var after = here.Where(m => m.At > then).ToList();
        if (Adds([.. after.Where(m => m.Occurred <= then)], difference) is { } late) return ("told-late", late);
        if (Adds(after, difference) is { } next) return ("counted-later", next);
        var before = here.Where(m => m.At <= then).Reverse().ToList();
        if (before.FirstOrDefault(m => Change(m) == -difference) is { } missing)
            return ("movement-missing", missing.Id);
        if (before.FirstOrDefault(m => Change(m) == difference) is { } twice) return ("movement-twice", twice.Id);
        return ("unexplained", null);
    }

    /// <summary>The last of the first movements that make up the difference; null when none do.</summary>
    static string? Adds(List<MovementRow> movements, long difference)
    {
        var sum = 0L;
        foreach (var m in movements)
            if ((sum += Change(m)) == difference) return m.Id;
        return null;
    }

    /// <summary>What the movement did to what is on hand: nothing when it only changed the state.</summary>
    static long Change(MovementRow m) => m.Type switch
    {
        "move" => (m.FromState == "in-transit" ? m.Quantity : 0) - (m.ToState == "in-transit" ? m.Quantity : 0),
        "adjustment" or "receipt" when m.ToState == "in-transit" => 0,
        _ => m.Quantity,
    };
}
