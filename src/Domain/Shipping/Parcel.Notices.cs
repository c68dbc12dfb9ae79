using System.Collections.Immutable;
using System.Diagnostics;

namespace Fulfillment.Shipping;

// Notices: the buyer hears of a case once, before he has to ask; and it is looked whether what was promised is kept.
public sealed partial record Parcel
{
    /// <summary>So long after the promised day, or after its case was opened, no message is tried any more.</summary>
    public static readonly TimeSpan TellFor = TimeSpan.FromDays(3);

    /// <summary>Whether the buyer is to know, or is asked; all else is seen to here first.</summary>
    static bool IsTold(CaseReason reason) => reason is CaseReason.LateRisk or CaseReason.Delay or CaseReason.Weather
        or CaseReason.FailedAttempt or CaseReason.Address or CaseReason.Lost or CaseReason.Returning;

    ImmutableArray<ParcelNotice> Notified => Sheet!.Notices.IsDefault ? [] : Sheet.Notices;

    ParcelNotice? NoticeOf(int number) => Sheet is null ? null : Notified.FirstOrDefault(n => n.Case == number);

    /// <summary>What is not delivered, and not under a case that says more than that it may be late.</summary>
    static bool MayBeLate(ParcelProgress progress) =>
        !ParcelProgress.IsFinal(progress.Reached) && progress.Reached is not (Milestone.Lost or Milestone.Returning);

    IEnumerable<ParcelEvent> Looked(ParcelCommand.LookAtPromise c, Turn turn)
    {
        if (LabelOf(c.Number) is not { IsLive: true } label || Sheet!.Progress is not { } p || !MayBeLate(p)) return [];
        // What is on the vehicle this morning comes today.
        return !c.IsLast && p.Status == Milestone.OutForDelivery ? []
            : Opened(label, [new(CaseReason.LateRisk, turn.Now, IsLast: c.IsLast)], turn);
    }

    /// <summary>That it was sent is true whenever it is told; anything else only of what was asked last.</summary>
    IEnumerable<ParcelEvent> Noted(ParcelCommand.NoteNotice c, Turn turn)
    {
        if (NoticeOf(c.Case) is not { Status: not ParcelNoticeStatus.Sent } notice) yield break;
        var (answer, now) = (c.Answer, turn.Now);
        var isNews = notice.Status == ParcelNoticeStatus.Asked && notice.Step == c.Step;
        if (answer.Outcome != NoticeOutcome.Sent && !isNews) yield break;
        var askAt = now + Pause(notice.Step);
        if (answer.Outcome == NoticeOutcome.Failing && askAt <= TellUntil(c.Case))
            yield return new ParcelEvent.NoticeUntold(c.Case, answer.Why ?? "", askAt, now);
        else
            yield return new ParcelEvent.NoticeAnswered(
                c.Case, StatusOf(answer.Outcome), answer.MessageId, answer.Code, answer.Why, now);
    }

    static ParcelNoticeStatus StatusOf(NoticeOutcome outcome) => outcome switch
    {
        NoticeOutcome.Sent => ParcelNoticeStatus.Sent,
        NoticeOutcome.NoAddress => ParcelNoticeStatus.NoAddress,
        NoticeOutcome.Off => ParcelNoticeStatus.Off,
        NoticeOutcome.Refused => ParcelNoticeStatus.Refused,
        NoticeOutcome.Failing => ParcelNoticeStatus.GivenUp,
    };

    DateTimeOffset TellUntil(int number)
    {
        var opened = Cases.First(k => k.Number == number).OpenedAt;
        var passed = Sheet!.Terms.DeliverBy is { } day
            ? new DateTimeOffset(day, TimeOnly.MaxValue, TimeSpan.Zero) : opened;
        return (passed > opened ? passed : opened) + TellFor;
    }

    /// <summary>What could not be told while its case was open need not be told any more.</summary>
    IEnumerable<ParcelEvent> AskNotice(ParcelCommand.AskNotice c, Turn turn)
    {
        if (NoticeOf(c.Case) is not { Status: ParcelNoticeStatus.Failing } notice || notice.Step != c.Step) yield break;
        yield return Cases.Any(k => k.Number == c.Case && k.IsOpen)
            ? new ParcelEvent.NoticeAsked(c.Case, c.Step + 1, turn.Now)
            : new ParcelEvent.NoticeAnswered(c.Case, ParcelNoticeStatus.NotNeeded, null, null, null, turn.Now);
    }

    Parcel Noticed(ParcelEvent happened) => happened switch
    {
        ParcelEvent.NoticeAsked { Step: 1 } e => WithNotices(Notified.Add(
            new(e.Case, Cases.First(k => k.Number == e.Case).Reason, ParcelNoticeStatus.Asked, e.At, e.Step))),
        ParcelEvent.NoticeAsked e => ChangeNotice(
            e.Case, n => n with { Status = ParcelNoticeStatus.Asked, Step = e.Step, At = e.At }),
        ParcelEvent.NoticeUntold e => ChangeNotice(
            e.Case, n => n with { Status = ParcelNoticeStatus.Failing, Why = e.Why, At = e.At }),
        ParcelEvent.NoticeAnswered e => ChangeNotice(e.Case, n => n with
        {
            Status = e.Status,
            MessageId = e.MessageId,
            Code = e.Code,
            Why = e.Why,
            At = e.At,
        }),
        _ => throw new UnreachableException(),
    };

    Parcel ChangeNotice(int number, Func<ParcelNotice, ParcelNotice> change) =>
        WithNotices([.. Notified.Select(n => n.Case == number ? change(n) : n)]);

    Parcel WithNotices(ImmutableArray<ParcelNotice> notices) =>
        this with { Sheet = Sheet! with { Notices = notices } };

    static string? FaultOfNotices(ParcelSheet s)
    {
        if (s.Notices.IsDefault) return null;
        if (s.Notices.GroupBy(n => n.Case).Any(g => g.Count() > 1)) return "a case of it is told twice";
        return s.Notices.Any(n => !IsTold(n.What) || s.Cases.All(k => (k.Number, k.Reason) != (n.Case, n.What)))
            ? "the buyer is told of what is no case" : null;
    }

    Send[] Watched(ParcelEvent happened, Turn turn) => happened switch
    {
        ParcelEvent.ParcelLeft => Looks(Sheet!.Leave!.Label, turn),
        ParcelEvent.ParcelTracked e when IsFirstScan(e) => Looks(e.Number, turn),
        ParcelEvent.NoticeAsked e => [Tell(e, turn)],
        ParcelEvent.NoticeUntold e =>
            [new(turn.Self, new ParcelCommand.AskNotice(e.Case, NoticeOf(e.Case)!.Step), e.AskAt)],
        _ => [],
    };

    /// <summary>Its carrier has it, and tells so before anybody here did.</summary>
    bool IsFirstScan(ParcelEvent.ParcelTracked told) => Sheet!.Leave is not { LeftAt: not null }
        && LabelOf(told.Number)!.IsLive && Sheet.Progress is { Reached: not Milestone.Labelled } p && MayBeLate(p)
        && Timeline.Where(e => e.Label == told.Number && e.Milestone is Milestone.HandedOver or Milestone.InTransit
            or Milestone.OutForDelivery).All(e => told.Told.Any(e.IsSame));

    /// <summary>Timers before the promised day has passed; at once where it has.</summary>
    Send[] Looks(int number, Turn turn)
    {
        if (Sheet!.Terms.DeliverBy is not { } day) return [];
        var zone = LabelOf(number)!.Terms.TimeZone;
        var last = PromisedDay.LastLook(day, zone);
        Send second = new(
            turn.Self, new ParcelCommand.LookAtPromise(number, true), last > turn.Now ? last : turn.Now);
        return PromisedDay.FirstLook(day, zone, turn.Now) is { } first
            ? [new(turn.Self, new ParcelCommand.LookAtPromise(number, false), first), second] : [second];
    }

    Send Tell(ParcelEvent.NoticeAsked e, Turn turn)
    {
        var about = Cases.First(k => k.Number == e.Case);
        var label = LabelOf(about.Label)!;
        var promised = Sheet!.Terms.DeliverBy;
        // A day that has passed, or was promised anyway, is no news.
        var expected = Sheet.Expected ?? about.Expected;
        var isNews = !(expected <= promised) && expected >= DateOnly.FromDateTime(e.At.UtcDateTime);
        return new(new(ParcelCalls.Notices, ""), new NoticeCall.Tell(
            turn.Self.Key, e.Case, e.Step, about.Reason, Sheet.Terms.Order, label.Terms.Carrier,
            label.TrackingNumber, label.Terms.To, promised, isNews ? expected : null));
    }
}
