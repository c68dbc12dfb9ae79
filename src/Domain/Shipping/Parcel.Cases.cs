using System.Collections.Immutable;
using Fulfillment.Intake;

namespace Fulfillment.Shipping;

// Cases: something is wrong, and somebody is to do something about it before the buyer asks.
public sealed partial record Parcel
{
    /// <summary>The most cases that are kept: of more, the oldest closed ones are forgotten.</summary>
    public const int MaxCases = 50;

    ImmutableArray<ParcelCase> Cases => Sheet!.Cases.IsDefault ? [] : Sheet.Cases;

    static Decision<ParcelEvent> Close(Parcel parcel, ParcelCommand.CloseCase c, Turn turn)
    {
        Operation by = new(c.Id, Fingerprint.Of("close-case", $"{c.Case}", c.Resolution));
        if (parcel.Sheet is null) return parcel.Answer(ParcelReplyStatus.UnknownParcel);
        if (parcel.Known.Repeats(by) is { } same)
            return parcel.Answer(same ? ParcelReplyStatus.AlreadyDone : ParcelReplyStatus.DifferentContent);
        if (parcel.Cases.FirstOrDefault(k => k.Number == c.Case) is not { } found)
            return parcel.Answer(ParcelReplyStatus.UnknownCase);
        return found.IsOpen
            ? parcel.After(
                ParcelReplyStatus.Done, null, new ParcelEvent.CaseClosed(by, c.Case, c.Resolution, c.By, turn.Now))
            : parcel.Answer(ParcelReplyStatus.CaseClosed);
    }

    /// <summary>
    /// What speaks for a case. <c>Since</c>: by the carrier's time. <c>IsLast</c>: nobody looks again, so that a case
    /// that ended by itself has said nothing of it.
    /// </summary>
    readonly record struct Sign(
        CaseReason Reason, DateTimeOffset Since, string? Code = null, string? Says = null, bool IsLast = false)
    {
        public static Sign Of(CaseReason reason, TrackEvent told) => new(reason, told.At, told.Code, told.Says);
    }

    /// <summary>Cases that end, and cases that begin, after something was told of a label.</summary>
    IEnumerable<ParcelEvent> CasesAfter(ParcelEvent.ParcelTracked told, Turn turn)
    {
        var label = LabelOf(told.Number)!;
        var closed = Cases.Where(k => k.IsOpen && IsOver(k, told, turn.Now)).Select(
            k => new ParcelEvent.CaseClosed(null, k.Number, null, told.By, turn.Now)).ToArray<ParcelEvent>();
        var after = closed.Aggregate(this, Evolve);
        return [.. closed, .. after.Opened(label, Signs(label, told.Told, turn.Now), turn)];
    }

    /// <summary>Whether a case has settled itself: the parcel goes on, or has arrived.</summary>
    bool IsOver(ParcelCase open, ParcelEvent.ParcelTracked told, DateTimeOffset now)
    {
        if (open.Reason is CaseReason.Damaged or CaseReason.Returned or CaseReason.VoidLabel || IsDoubt(open.Reason))
            return false;
        if (Sheet!.Label is not { } label || label.Number != open.Label || Sheet.Progress is not { } p) return true;
        return ParcelProgress.IsFinal(p.Reached) || open.Reason switch
        {
            CaseReason.NoNews => told.Number == open.Label && !told.Told.IsEmpty,
            CaseReason.LateRisk => !MayBeLate(p) || (told.Number == open.Label && IsInTime(told.Expected, now)),
            CaseReason.Lost or CaseReason.Returning => false,
            CaseReason.Stopped => Sheet.Leave is { LeftAt: not null },
            _ => !p.IsStopped,
        };
    }

    /// <summary>A day that is told before the promised one has passed, and is not after it.</summary>
    bool IsInTime(DateOnly? fresh, DateTimeOffset now) => fresh <= Sheet!.Terms.DeliverBy
        && now < PromisedDay.LastLook(Sheet.Terms.DeliverBy.Value, Sheet.Label!.Terms.TimeZone);

    List<Sign> Signs(ParcelLabelStep label, ImmutableArray<TrackEvent> news, DateTimeOffset now)
    {
        List<Sign> signs = [];
        if (!label.IsLive)
        {
            // Nobody should have it: the label was given up.
            if (news.FirstOrDefault(e => e.Milestone is not (Milestone.Labelled or Milestone.Void or Milestone.Other
                or Milestone.Exception)) is { } used)
                signs.Add(Sign.Of(CaseReason.VoidLabel, used));
            return signs;
        }

        var p = Sheet!.Progress!.Value;
        if (p.IsStopped)
        {
            var last = Timeline.LastOrDefault(
                e => e.Label == label.Number && e.Milestone == Milestone.Exception && e.At == p.StoppedAt);
            signs.Add(last is null ? new(CaseReason.Other, p.StoppedAt!.Value)
                : Sign.Of(last.Why ?? CaseReason.Other, last));
        }

        signs.AddRange(news.Where(e => e.Why == CaseReason.Damaged).Select(e => Sign.Of(CaseReason.Damaged, e)));
        if (news.FirstOrDefault(e => e.Milestone == Milestone.Void) is { } isVoid)
            signs.Add(Sign.Of(CaseReason.VoidLabel, isVoid));
        if (p.Reached is Milestone.Lost or Milestone.Returning or Milestone.Returned)
        {
            var reason = p.Reached switch
            {
                Milestone.Lost => CaseReason.Lost,
                Milestone.Returning => CaseReason.Returning,
                _ => CaseReason.Returned,
            };
            var told = Timeline.LastOrDefault(e => e.Label == label.Number && e.At == p.At);
            signs.Add(told is null ? new(reason, p.At) : Sign.Of(reason, told));
        }

        if (Sheet.Expected > Sheet.Terms.DeliverBy && MayBeLate(p)) signs.Add(new(CaseReason.LateRisk, now));
        if (Stopped() is { } stopped) signs.Add(stopped);
        return signs;
    }

    /// <summary>
    /// A case for each sign that has none: one that was closed stays so until there is something else.
    /// </summary>
    IEnumerable<ParcelEvent> Opened(ParcelLabelStep label, IReadOnlyList<Sign> signs, Turn turn)
    {
        var parcel = this;
        foreach (var sign in signs)
        {
            if (parcel.Cases.Any(k => k.Label == label.Number && k.Reason == sign.Reason
                && (k.IsOpen || parcel.Says(k, sign)))) continue;
            ParcelEvent.CaseOpened opened = new(
                new(parcel.Cases.IsEmpty ? 1 : parcel.Cases[^1].Number + 1, sign.Reason, NextOf(sign.Reason),
                    label.Number, sign.Since, turn.Now, sign.Code, sign.Says, Sheet!.Terms.DeliverBy, Sheet.Expected),
                Sheet.Terms.Order, Sheet.Terms.Fulfilment, Sheet.Terms.Node, label.Terms.Carrier,
                label.TrackingNumber);
            parcel = Evolve(parcel, opened);
            yield return opened;
            if (!IsTold(sign.Reason)) continue;
            ParcelEvent.NoticeAsked asked = new(opened.Case.Number, 1, turn.Now);
            parcel = Evolve(parcel, asked);
            yield return asked;
        }
    }

    /// <summary>Whether a closed case was about the same.</summary>
    bool Says(ParcelCase closed, Sign sign) => sign.Reason switch
    {
        CaseReason.Lost or CaseReason.Returning or CaseReason.Returned or CaseReason.VoidLabel => true,
        CaseReason.LateRisk => closed.Expected == Sheet!.Expected && !(sign.IsLast && closed.Resolution is null),
        _ => closed.Since == sign.Since,
    };

    static CaseStep NextOf(CaseReason reason) => reason switch
    {
        CaseReason.FailedAttempt => CaseStep.AskBuyer,
        CaseReason.Address => CaseStep.CorrectAddress,
        CaseReason.Customs => CaseStep.SendPapers,
        CaseReason.Held or CaseReason.Other or CaseReason.NoNews or CaseReason.LabelUnclear => CaseStep.AskCarrier,
        CaseReason.Weather or CaseReason.Delay or CaseReason.LateRisk => CaseStep.TellBuyer,
        CaseReason.Lost or CaseReason.Damaged => CaseStep.ClaimAndReplace,
        CaseReason.Returning => CaseStep.AwaitGoods,
        CaseReason.Returned => CaseStep.TakeInGoods,
        CaseReason.VoidLabel => CaseStep.CheckLabel,
        CaseReason.NotVoided => CaseStep.DisputeCharge,
        CaseReason.Stopped => CaseStep.Intercept,
    };

    Parcel With(ParcelCase opened)
    {
        var cases = Cases.Add(opened);
        if (cases.Length <= MaxCases || cases.FirstOrDefault(k => !k.IsOpen) is not { } oldest)
            return this with { Sheet = Sheet! with { Cases = cases } };
        var kept = WithNotices(Notified.RemoveAll(n => n.Case == oldest.Number));
        return kept with { Sheet = kept.Sheet! with { Cases = cases.Remove(oldest) } };
    }

    Parcel Closed(ParcelEvent.CaseClosed e) => Know(e.Operation) with
    {
        Sheet = Sheet! with
        {
            Cases =
            [
                .. Cases.Select(k => k.Number != e.Case ? k
                    : k with { ClosedAt = e.At, Resolution = e.Resolution, ClosedBy = e.By }),
            ],
        },
    };

    static string? FaultOfTrail(ParcelSheet s)
    {
        var open = s.Cases.IsDefault ? [] : s.Cases.Where(k => k.IsOpen);
        if (open.GroupBy(k => (k.Label, k.Reason)).Any(g => g.Count() > 1))
            return "it has two open cases for one reason";
        if (FaultOfNotices(s) is { } told) return told;
        if (!s.Events.IsDefault && s.Events.Length > MaxEvents) return "its timeline is too long";
        return s.Progress is { Reached: Milestone.Delivered } != s.Proof is not null && s.Label is not null
            ? "it is delivered without a proof, or has one and is not delivered" : null;
    }
}
