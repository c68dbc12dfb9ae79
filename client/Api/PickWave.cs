using Fulfillment.Picking;

namespace Fulfillment.Client.Api;

/// <summary>
/// The lists of a wave. <c>Refused</c>: those that were not made, for a list of that name was faster; their work is
/// open. <c>Missing</c>: how many have not said that they are there.
/// </summary>
sealed record PickWave(
    IReadOnlyList<(string Id, PickSheet Sheet)> Lists, IReadOnlyList<string> Refused, int Missing)
{
    /// <summary>How many lists are asked at a time.</summary>
    const int AtOnce = 32;

    /// <summary>All that were released are there, as far as they were made.</summary>
    public bool IsThere => Lists.Count > 0 && Missing == 0;

    /// <summary>What a list of a wave is called; the first is 0.</summary>
    public static string ListId(string wave, int index) => $"{wave}-{index + 1}";

    /// <summary>The first of these names that a list has; null when none has.</summary>
    public static async ValueTask<string?> Taken(Seat seat, IEnumerable<string> lists, CancellationToken cancel)
    {
        foreach (var some in lists.Chunk(AtOnce))
        {
            var there = await Task.WhenAll(some.Select(
                async id => (Id: id, (await seat.PickList(id).Get(cancel)).Sheet)));
            if (there.FirstOrDefault(l => l.Sheet is not null).Id is { } taken) return taken;
        }

        return null;
    }

    /// <summary>
    /// The wave, of whatever node where <paramref name="node"/> is null. With what was <paramref name="released"/> just
    /// now, lists that are on their way are among its lists, as they will be.
    /// </summary>
    public static async ValueTask<PickWave> Find(
        Seat seat, string? node, string id, CancellationToken cancel, IReadOnlyList<PickTerms>? released = null)
    {
        List<(string, PickSheet)> lists = [];
        List<string> refused = [];
        var (all, missing) = (released?.Count, 0);
        for (var i = 0; i < (all ?? PickRoster.MaxListsAtOnce); i++)
        {
            var list = ListId(id, i);
            if ((await seat.PickList(list).Get(cancel)).Sheet is not { } sheet)
            {
                if (all is null) break;
                missing++;
                if (released is not null) lists.Add((list, Coming(released[i])));
            }
            else if (sheet.Terms is { Together: { } together } terms && terms.Wave == id
                && (node ??= terms.Node) == terms.Node)
            {
                all ??= together.Lists;
                lists.Add((list, sheet));
            }
            else
            {
                refused.Add(list);
            }
        }

        return new(lists, refused, missing);
    }

    /// <summary>The list as it will be, for who does not wait until it is there.</summary>
    public static PickSheet Coming(PickTerms terms) => PickList.Evolve(
        PickList.Initial, new PickListEvent.PickListReleased(terms, DateTimeOffset.UtcNow)).Sheet!;

    /// <summary>The answer to who repeats a wave, and asked for the same or not; null when it is not there.</summary>
    public static async ValueTask<IResult?> Again(
        Seat seat, string node, string id, long asked, CancellationToken cancel)
    {
        var wave = await Find(seat, node, id, cancel);
        return wave.Lists.Count == 0 ? null
            : wave.Lists[0].Sheet.Terms.Together!.Asked != asked ? Problem.OtherContent($"Pick wave {id}")
            : wave.IsThere ? Answer.Ok(wave.Body(id), ApiJson.Wire.PickWaveBody)
            : Answer.Accepted(wave.Body(id), ApiJson.Wire.PickWaveBody, $"/v1/pick-waves/{id}");
    }

    /// <summary>The wave as it is answered.</summary>
    public PickWaveBody Body(string id)
    {
        var (terms, together) = (Lists[0].Sheet.Terms, Lists[0].Sheet.Terms.Together!);
        return new(
            id, terms.Node, Words<PickMethod>.Of(terms.Method),
            Refused.Count == 0 ? together.Works : Lists.Sum(l => l.Sheet.Works.Length), together.LengthMm,
            together.OrderByOrderMm, together.FirstComeMm,
            [
                .. Lists.Select(l => new PickWaveListBody(
                    l.Id, Words<PickListStatus>.Of(l.Sheet.Status), l.Sheet.Picker, l.Sheet.Terms.Due,
                    [.. l.Sheet.Works.Select(w => OrderBodies.FulfilmentId(w.Order, w.Fulfilment))],
                    l.Sheet.Lines.Length, l.Sheet.Lines.Sum(n => (long)n.Units), l.Sheet.Lines.Sum(n => (long)n.Picked),
                    l.Sheet.Lines.Sum(n => (long)n.Short), l.Sheet.Terms.Walk?.LengthMm)),
            ], Refused.Count == 0 ? null : Refused);
    }
}
