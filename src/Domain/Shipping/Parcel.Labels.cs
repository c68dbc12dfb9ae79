using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;
using Fulfillment.Ordering;

namespace Fulfillment.Shipping;

// Labels: bought once, looked for when nobody knows, voided when nobody wants them.
public sealed partial record Parcel
{
    const int FirstSeconds = 10, MostDoublings = 12;

    const string NoPaper = "without-label";

    /// <summary>How often a carrier is asked about one label by itself, see <see cref="AskFor"/>.</summary>
    public const int MaxAsks = 100;

    static Decision<ParcelEvent> Buy(Parcel parcel, ParcelCommand.Buy c, Turn turn)
    {
        Operation by = new(c.Id, c.Content);
        if (parcel.Refused(by) is { } refused) return refused;
        var labels = parcel.Sheet!.Labels;
        if (labels.LastOrDefault(l => l.IsComing) is { } coming)
            return parcel.Answer(ParcelReplyStatus.LabelUnderWay, coming.Number);
        if (parcel.Sheet.Label is { } label) return parcel.Answer(ParcelReplyStatus.AlreadyLabelled, label.Number);
        if (labels.Length >= MaxLabels) return parcel.Answer(ParcelReplyStatus.TooMany);
        var number = labels.Length + 1;
        return parcel.After(
            ParcelReplyStatus.Done, number, new ParcelEvent.LabelOrdered(by, number, c.Terms, c.By, turn.Now));
    }

    static Decision<ParcelEvent> GiveUp(Parcel parcel, ParcelCommand.GiveUp c, Turn turn)
    {
        Operation by = new(c.Id, Fingerprint.Of("give-up", c.Reason));
        if (c.Number is { } number && parcel.LabelOf(number) is not { Wanted: true })
            return AskOnceMore(parcel, c, number, turn);
        if (parcel.Refused(by) is { } refused) return refused;
        if (parcel.Sheet!.Labels.LastOrDefault(l => l.IsLive || l.IsComing) is not { } label)
            return parcel.Answer(ParcelReplyStatus.NoLabel);
        return parcel.After(
            ParcelReplyStatus.Done, label.Number, [.. parcel.GivenUp(label, by, c.Reason, c.By, turn)]);
    }

    /// <summary>A label that nobody wants: void it where it was bought, and look for it where nobody knows.</summary>
    IEnumerable<ParcelEvent> GivenUp(
        ParcelLabelStep label, Operation? by, string reason, string who, Turn turn, FulfilStatus? order = null)
    {
        if (Sheet!.Dock is { } dock)
            yield return new ParcelEvent.ParcelUnboarded(null, dock.Manifest, dock.Scan, order);
        yield return new ParcelEvent.LabelGivenUp(by, label.Number, reason, who, turn.Now, order);
        if (label.State == LabelState.Checking) yield return new ParcelEvent.LabelRefused(label.Number, null);
        else if (label.State == LabelState.Unclear && IsAskedEnough(label, turn.Now))
            yield return new ParcelEvent.LabelAsked(label.Number, label.Step + 1, false);
        else if (label.State == LabelState.Bought)
            yield return new ParcelEvent.VoidAsked(label.Number, label.Step + 1);
    }

    IEnumerable<ParcelEvent> Noted(ParcelCommand.NoteOrder c)
    {
        if (LabelOf(c.Number) is not { State: LabelState.Checking } label) yield break;
        yield return c.Status is FulfilStatus.Done or FulfilStatus.AlreadyDone
            ? new ParcelEvent.LabelAsked(c.Number, label.Step + 1, true)
            : new ParcelEvent.LabelStopped(c.Number, c.Status, c.Parcel);
    }

    /// <summary>
    /// That it was bought is true whenever it is told; anything else only as the answer to what was asked last.
    /// </summary>
    IEnumerable<ParcelEvent> Noted(ParcelCommand.NoteLabel c, Turn turn)
    {
        var (answer, now) = (c.Answer, turn.Now);
        if (LabelOf(c.Number) is not { } label || label.BoughtAt is not null) yield break;
        if (answer.Outcome is LabelOutcome.Bought or LabelOutcome.BoughtWithoutLabel)
        {
            // One that was given up, or held for refused, comes too late.
            var lives = label.IsComing && !Sheet!.Cancelled && answer.Label is not null;
            ParcelEvent.LabelBought bought = new(
                c.Number, answer.Shipment!, answer.TrackingNumber!, answer.Price, answer.Label,
                answer.Papers.IsDefault ? [] : answer.Papers, now, lives);
            foreach (var known in Concluded(bought, c.Number, turn)) yield return known;
            if (!lives) yield return new ParcelEvent.VoidAsked(c.Number, label.Step + 1);
            yield break;
        }

        if (label is { State: LabelState.Refused, Step: > 0 }
            && answer is { Outcome: LabelOutcome.Unclear } or { Outcome: LabelOutcome.NotBought, Refusal: not null })
        {
            // A question that was sent twice has reached the carrier after it was held for answered.
            if (label.Wanted) yield return new ParcelEvent.LabelGivenUp(null, c.Number, "asked twice", "carrier", now);
            yield return new ParcelEvent.LabelUnclear(c.Number, answer.Why ?? "", now + Pause(label.Step));
            yield break;
        }

        if (label.State != LabelState.Asked || label.Step != c.Step) yield break;
        var isOver = answer.Outcome == LabelOutcome.Refused
            || (answer.Outcome == LabelOutcome.NotBought && label.NotFound + 1 >= SureAfter);
        if (!isOver)
        {
            yield return new ParcelEvent.LabelUnclear(
                c.Number, answer.Why ?? "", now + Pause(label.Step), answer.Outcome == LabelOutcome.NotBought);
            yield break;
        }

        foreach (var known in Concluded(new ParcelEvent.LabelRefused(c.Number, answer.Refusal), c.Number, turn))
            yield return known;
    }

    IEnumerable<ParcelEvent> Noted(ParcelCommand.NoteVoid c, Turn turn)
    {
        if (LabelOf(c.Number) is not { State: LabelState.Voiding } label || label.Step != c.Step) return [];
        return c.Answer.Status is { } status
            ? Concluded(new ParcelEvent.LabelVoided(c.Number, status, c.Answer.Refusal, turn.Now), c.Number, turn)
            : [new ParcelEvent.VoidUnclear(c.Number, c.Answer.Why ?? "", turn.Now + Pause(label.Step))];
    }

    /// <summary>A label that was bought ahead and that nobody used.</summary>
    IEnumerable<ParcelEvent> Ended(ParcelCommand.EndLabel c, Turn turn) =>
        LabelOf(c.Number) is { IsLive: true } label && Sheet!.Progress is { Reached: Milestone.Labelled }
            && Sheet.Leave?.IsPending != true
            ? GivenUp(label, null, "unused", "timer", turn) : [];

    /// <summary>Its order does not want it to leave with that label: whoever has it already is to be stopped.</summary>
    IEnumerable<ParcelEvent> Withdrawn(ParcelCommand.Withdraw c, Turn turn)
    {
        // Whether what is leaving may leave its order has been asked.
        if (LabelOf(c.Label) is not { } label || !(label.IsLive || label.IsComing)
            || Sheet!.Leave is { IsPending: true } or { LeftAt: not null }) return [];
        return Sheet.Progress is null or { Reached: Milestone.Labelled }
            ? GivenUp(label, null, $"its order says {c.Why}", "order", turn, c.Why)
            : Opened(label, [new(CaseReason.Stopped, turn.Now, Says: $"its order says {c.Why}")], turn);
    }

    ParcelLabelStep? LabelOf(int number) =>
        Sheet is { } s && number >= 1 && number <= s.Labels.Length ? s.Labels[number - 1] : null;

    static TimeSpan Pause(int step)
    {
        var pause = TimeSpan.FromSeconds((long)FirstSeconds << Math.Min(step, MostDoublings));
        return pause < AskAtMostEvery ? pause : AskAtMostEvery;
    }

    /// <summary>The parcel after what happened to a label.</summary>
    Parcel Labelled(ParcelEvent happened) => happened switch
    {
        ParcelEvent.LabelOrdered e => Remember(e.Operation) with
        {
            Sheet = Sheet! with
            {
                Labels = Sheet.Labels.Add(
                    new(e.Number, e.Operation.Id, e.Terms, LabelState.Checking, e.At, e.By)),
            },
        },
        ParcelEvent.LabelAsked e => Change(e.Number, l => l with { State = LabelState.Asked, Step = e.Step }),
        ParcelEvent.LabelStopped e => Change(
            e.Number, l => l with { State = LabelState.Refused, Stopped = e.Status, InParcel = e.Parcel }),
        ParcelEvent.LabelUnclear e => Change(e.Number, l => l with
        {
            State = LabelState.Unclear,
            Why = l.Wanted ? e.Why : l.Why,
            NotFound = e.Nothing ? l.NotFound + 1 : l.State == LabelState.Refused ? 0 : l.NotFound,
        }),
        ParcelEvent.LabelBought e => Bought(e),
        ParcelEvent.LabelRefused e => Change(
            e.Number, l => l with { State = LabelState.Refused, Refusal = e.Refusal }),
        ParcelEvent.LabelGivenUp e => Remember(e.Operation).Change(
            e.Number, l => l with { GivenUp = true, Why = e.Reason, GivenUpAt = e.At, Stopped = e.Order ?? l.Stopped })
            .Unlabelled(),
        ParcelEvent.VoidAsked e => Change(e.Number, l => l with { State = LabelState.Voiding, Step = e.Step }),
        ParcelEvent.VoidUnclear e => Change(e.Number, l => l with { VoidTrouble = e.Why }),
        ParcelEvent.LabelVoided e => Change(e.Number, l => l with
        {
            State = e.Status == VoidStatus.Refused ? LabelState.NotVoided : LabelState.Void,
            Voided = e.Status,
            Refusal = e.Refusal,
            VoidTrouble = null,
        }),
        _ => throw new UnreachableException(),
    };

    /// <summary>A label without its paper is on nothing.</summary>
    Parcel Bought(ParcelEvent.LabelBought e)
    {
        var after = Change(e.Number, l => l with
        {
            State = LabelState.Bought,
            GivenUp = !e.Lives,
            GivenUpAt = e.Lives ? null : l.GivenUpAt ?? e.At,
            Shipment = e.Shipment,
            TrackingNumber = e.TrackingNumber,
            Price = e.Price,
            Label = e.Label,
            Papers = e.Papers,
            BoughtAt = e.At,
            Why = e.Lives ? null : l.Wanted ? NoPaper : l.Why,
        });
        return after.LabelOf(e.Number)!.IsLive
            ? after with { Sheet = after.Sheet! with { Progress = ParcelProgress.Labelled(e.At) } } : after;
    }

    Parcel Unlabelled() => Sheet!.Label is null ? this with { Sheet = Sheet with { Progress = null } } : this;

    Parcel Change(int number, Func<ParcelLabelStep, ParcelLabelStep> change) => this with
    {
        Sheet = Sheet! with { Labels = Sheet.Labels.SetItem(number - 1, change(Sheet.Labels[number - 1])) },
    };

    /// <summary>Its units leave otherwise, now that it has no label and gets none.</summary>
    Send[] Freed(ParcelEvent happened, Turn turn)
    {
        int? number = happened switch
        {
            ParcelEvent.LabelStopped e => e.Number,
            ParcelEvent.LabelGivenUp e => e.Number,
            ParcelEvent.LabelRefused e when LabelOf(e.Number)!.Wanted => e.Number,
            ParcelEvent.LabelBought { Lives: false } e when LabelOf(e.Number)!.Why == NoPaper => e.Number,
            _ => null,
        };
        return number is not { } label ? []
            : [new(
                turn.Self.Sibling(OrderingCalls.Kind, Sheet!.Terms.Order),
                new OrderCommand.TakeFromParcel(turn.Self.Name, label))];
    }

    Send[] Told(ParcelEvent happened, Turn turn) => happened switch
    {
        ParcelEvent.LabelOrdered e =>
        [
            new(turn.Self.Sibling(OrderingCalls.Kind, Sheet!.Terms.Order),
                new OrderCommand.PutInParcel(
                    Sheet.Terms.Fulfilment, Sheet.Terms.Lines, turn.Self.Name, e.Number, e.Terms.Address)),
        ],
        ParcelEvent.LabelAsked e =>
        [
            Call(new LabelCall.Buy(
                turn.Self.Key, e.Number, LabelOf(e.Number)!.Terms.Carrier, Sheet!.Terms.Spec,
                LabelOf(e.Number)!.Terms, e.Wanted) { Step = e.Step }),
        ],
        ParcelEvent.LabelUnclear e =>
            [new(turn.Self, new ParcelCommand.AskAgain(e.Number, LabelOf(e.Number)!.Step), e.AskAt)],
        ParcelEvent.VoidUnclear e =>
            [new(turn.Self, new ParcelCommand.AskAgain(e.Number, LabelOf(e.Number)!.Step), e.AskAt)],
        ParcelEvent.LabelBought { Lives: true } e when LabelOf(e.Number) is { } label =>
            [new(turn.Self, new ParcelCommand.EndLabel(e.Number), label.Terms.VoidOn)],
        ParcelEvent.VoidAsked e when LabelOf(e.Number) is { } label =>
        [
            Call(new LabelCall.Void(
                turn.Self.Key, e.Number, label.Terms.Carrier, label.Shipment!, label.TrackingNumber!)
            {
                Step = e.Step,
            }),
        ],
        _ => [],
    };

    static Send Call(LabelCall call) => new(new(ParcelCalls.LabelsOf(call.Carrier), ""), call);
}
