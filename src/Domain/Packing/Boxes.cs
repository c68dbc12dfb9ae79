using System.Collections.Immutable;
using System.Diagnostics;

namespace Fulfillment.Packing;

/// <summary>The kinds of boxes that a node packs into. They belong to the operator, like the node.</summary>
/// <param name="Known">Ordinal, by id.</param>
/// <param name="Revision">Changes so far.</param>
public sealed record Boxes(ImmutableArray<BoxNow> Known, long Revision) : IEntity<Boxes, BoxCommand, BoxEvent>
{
    /// <summary>The most kinds of boxes of a node.</summary>
    public const int MaxBoxes = 50;

    /// <inheritdoc/>
    public static Boxes Initial { get; } = new([], 0);

    /// <inheritdoc/>
    public static Decision<BoxEvent> Decide(Boxes boxes, BoxCommand command, Turn turn) => command switch
    {
        BoxCommand.Put c => Put(boxes, c),
        BoxCommand.Remove c => Remove(boxes, c),
        BoxCommand.Get => new(new BoxList(boxes.Known, boxes.Revision)),
        _ => throw new UnreachableException(),
    };

    static Decision<BoxEvent> Put(Boxes boxes, BoxCommand.Put c)
    {
        var known = boxes.Of(c.Box.Id);
        if (c.IfRevision is { } wanted && wanted != (known?.Revision ?? 0))
            return Answer(BoxStatus.Stale, known, boxes);
        if (known?.Box == c.Box) return Answer(BoxStatus.Unchanged, known, boxes);
        if (known is null && boxes.Known.Length >= MaxBoxes) return Answer(BoxStatus.TooMany, null, boxes);
        if (c.Box.Cost is { } cost
            && boxes.Known.Any(b => b.Box.Id != c.Box.Id && b.Box.Cost is { } o && o.Currency != cost.Currency))
            return Answer(BoxStatus.OtherCurrency, known, boxes);

        return new(
            new BoxReply(
                known is null ? BoxStatus.Created : BoxStatus.Changed, new(c.Box, boxes.Revision + 1),
                boxes.Revision + 1),
            new BoxEvent.BoxPut(c.Box));
    }

    static Decision<BoxEvent> Remove(Boxes boxes, BoxCommand.Remove c)
    {
        var known = boxes.Of(c.Box);
        if (known is null) return Answer(BoxStatus.UnknownBox, null, boxes);
        if (c.IfRevision is { } wanted && wanted != known.Revision) return Answer(BoxStatus.Stale, known, boxes);

        return new(new BoxReply(BoxStatus.Changed, known, boxes.Revision + 1), new BoxEvent.BoxRemoved(c.Box));
    }

    static Decision<BoxEvent> Answer(BoxStatus status, BoxNow? box, Boxes boxes) =>
        new(new BoxReply(status, box, boxes.Revision));

    BoxNow? Of(string id) => Known.FirstOrDefault(b => b.Box.Id == id);

    /// <inheritdoc/>
    public static Boxes Evolve(Boxes before, BoxEvent happened)
    {
        var revision = before.Revision + 1;
        return happened switch
        {
            BoxEvent.BoxPut e => new(
                [.. before.Known.Where(b => b.Box.Id != e.Box.Id).Append(new(e.Box, revision))
                    .OrderBy(b => b.Box.Id, StringComparer.Ordinal)],
                revision),
            BoxEvent.BoxRemoved e => new(before.Known.RemoveAll(b => b.Box.Id == e.Box), revision),
            _ => throw new UnreachableException(),
        };
    }

    /// <inheritdoc/>
    public static string? Check(Boxes boxes, BoxEvent? last) =>
        boxes.Known.Length > MaxBoxes ? $"{boxes.Known.Length} boxes"
        : boxes.Known.Select(b => b.Box.Cost?.Currency).OfType<string>().Distinct().Count() > 1
            ? "boxes cost money of several currencies" : null;
}
