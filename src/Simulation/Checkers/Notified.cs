using Fulfillment.Composition;
using Fulfillment.Shipping;

namespace Fulfillment.Simulation;

/// <summary>
/// No parcel that left and did not come on its day is without a case; the buyer is told of each case that is his to
/// know in one message, of which he gets a second copy only where nobody could know of the first; and nobody is told of
/// what is no case.
/// </summary>
public sealed class Notified : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        var opened = history.Facts.Where(f => f.Event is ParcelEvent.CaseOpened)
            .ToLookup(f => f.Entity, f => ((ParcelEvent.CaseOpened)f.Event).Case);
        HashSet<string> letters = [];
        foreach (var (id, parcel) in history.States(ParcelCalls.Kind, ParcelJson.Default.Parcel))
        {
            if (parcel.Sheet is not { } sheet) continue;
            InTime(world, id, sheet, [.. opened[id]]);
            foreach (var about in opened[id].Where(c => IsTold(c.Reason)))
                letters.Add(NoticeDesk.IdOf(id.Key, about.Number, Letterbox.From));
            foreach (var notice in sheet.Notices.IsDefault ? [] : sheet.Notices) Settled(world, id, notice);
        }

        var asked = history.Facts.Where(f => f.Event is ParcelEvent.NoticeAsked { Step: 1 })
            .ToLookup(f => f.Entity, f => ((ParcelEvent.NoticeAsked)f.Event).Case);
        foreach (var cases in opened)
        {
            var wanted = cases.Where(c => IsTold(c.Reason)).Select(c => c.Number).Order();
            if (!wanted.SequenceEqual(asked[cases.Key].Order()))
                throw world.Broken($"{cases.Key} tells not each case once");
        }

        foreach (var (letter, (times, excused)) in world.Letterbox.Taken)
        {
            if (!letters.Contains(letter)) throw world.Broken($"the letter {letter} is about no case");
            if (times > 1 + excused) throw world.Broken($"the letter {letter} was sent {times} times");
        }
    }

    static bool IsTold(CaseReason reason) => reason is CaseReason.LateRisk or CaseReason.Delay or CaseReason.Weather
        or CaseReason.FailedAttempt or CaseReason.Address or CaseReason.Lost or CaseReason.Returning;

    static void Settled(World world, EntityId id, ParcelNotice notice)
    {
        if (notice.Status is ParcelNoticeStatus.Asked or ParcelNoticeStatus.Failing)
            throw world.Broken($"{id} never told the buyer of case {notice.Case}");
        var letter = NoticeDesk.IdOf(id.Key, notice.Case, Letterbox.From);
        if (notice.Status == ParcelNoticeStatus.Sent && !world.Letterbox.Taken.ContainsKey(letter))
            throw world.Broken($"{id} holds case {notice.Case} for told, and nobody has written");
        if (notice.Status == ParcelNoticeStatus.Off) throw world.Broken($"{id} is to tell nobody");
    }

    static void InTime(World world, EntityId id, ParcelSheet sheet, IReadOnlyList<ParcelCase> cases)
    {
        if (sheet is not { Terms.DeliverBy: { } day, Leave: { LeftAt: { } left } leave, Progress: { } p }
            || sheet.Label?.Number != leave.Label) return;
        DateTimeOffset begins = new(day, TimeOnly.MinValue, TimeSpan.Zero);
        var isIn = p.Reached == Milestone.Delivered;
        // What left on its day, or later, and is there all the same may have been there before anybody looked.
        if (isIn && (p.At < begins.AddDays(1) || left > begins)) return;
        if (!cases.Any(c => c.Label == leave.Label && c.Reason is CaseReason.LateRisk or CaseReason.Lost
            or CaseReason.Returning or CaseReason.Returned or CaseReason.VoidLabel))
            throw world.Broken($"{id} left at {left:O}, is {p} and was promised for {day:O}, and nobody knows");
    }
}
