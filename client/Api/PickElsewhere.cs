using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Picking;

namespace Fulfillment.Client.Api;

/// <summary>
/// Where else in the node units lie for a list on which some are missing. The roster promises them to the list before
/// it is told, so that of two who miss units at the same moment each goes to others.
/// </summary>
sealed class PickElsewhere(Backend backend, Seat seat, string list, PickSheet sheet)
{
    const int MostTries = 8;

    readonly IPickRoster _roster = seat.PickRoster(sheet.Terms.Node);
    bool _isPromised;

    /// <summary>The report with the places; null where others were faster each time.</summary>
    public async ValueTask<PickListCommand.ReportShort?> Find(
        PickListCommand.ReportShort told, CancellationToken cancel)
    {
        // What is refused, or was reported before, needs no places.
        if (sheet.Status != PickListStatus.Picking || sheet.Picker != told.By || sheet.Shorts.Any(s => s.Id == told.Id)
            || (told.Line is { } number ? sheet.LineOf(number) : sheet.Next) is not { } line) return told;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var promises = await PickPromises.Of(
                backend, seat, sheet.Terms.Node, [line.Sku], cancel, but: told.Id);
            var (free, _, _) = await new PickSlots(seat, sheet.Terms.Node, promises.Units).Of(line.Sku, cancel);
            var places = PickList.Elsewhere(sheet, line, free, Math.Min(told.Units ?? line.Left, line.Left));
            if (places.IsEmpty) return told;
            var reply = await _roster.Promise(
                new(
                    told.Id, list, [.. places.Select(p => new ListedUnits(line.Sku, p.Bin, p.Lot, p.Units))],
                    promises.Seen), cancel);
            if (reply.Status == RosterStatus.Outdated) continue;
            _isPromised = reply.Status == RosterStatus.Done;
            return told with { Sku = line.Sku, Elsewhere = Promised(reply, places, free) };
        }

        return null;
    }

    /// <summary>What was promised just now is not taken: the list would not have it.</summary>
    public async ValueTask GiveUp(string id, CancellationToken cancel)
    {
        if (_isPromised) await _roster.Withdraw(id, list, cancel);
    }

    static ImmutableArray<PickPlace> Promised(
        RosterReply reply, ImmutableArray<PickPlace> places, IReadOnlyList<PickPlace> free) => reply.Status switch
        {
            // A list of an old journal is on no roster.
            RosterStatus.Done or RosterStatus.UnknownList => places,
            RosterStatus.AlreadyDone =>
            [
                .. reply.Units.Select(u => (free.FirstOrDefault(p => (p.Bin, p.Lot) == (u.Bin, u.Lot))
                    ?? new(u.Bin, u.Lot, 0)) with { Units = (int)u.Units }),
            ],
            RosterStatus.TooMany => default,
            RosterStatus.DifferentContent or RosterStatus.ListInUse or RosterStatus.AlreadyListed
                or RosterStatus.Outdated => throw new UnreachableException(),
        };
}
