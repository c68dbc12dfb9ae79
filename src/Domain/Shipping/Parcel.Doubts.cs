using Fulfillment.Intake;

namespace Fulfillment.Shipping;

// Labels that cost money and that nobody uses, or that nobody knows of: a carrier is asked for a while, and then
// somebody of ours is told.
public sealed partial record Parcel
{
    /// <summary>
    /// How long a carrier is asked about a label that is unclear, or to be voided: then there is a case, and he is
    /// asked again when somebody wants it.
    /// </summary>
    public static readonly TimeSpan AskFor = TimeSpan.FromDays(7);

    static bool IsAskedEnough(ParcelLabelStep label, DateTimeOffset now) =>
        label.Step >= MaxAsks || now - (label.GivenUpAt ?? label.AskedAt) >= AskFor;

    /// <summary>A carrier is asked once more about a label that was given up.</summary>
    static Decision<ParcelEvent> AskOnceMore(Parcel parcel, ParcelCommand.GiveUp c, int number, Turn turn)
    {
        Operation by = new(c.Id, Fingerprint.Of("ask-once-more", c.Reason, $"{number}"));
        if (parcel.Sheet is null) return parcel.Answer(ParcelReplyStatus.UnknownParcel);
        if (parcel.Operations.Repeats(by) is { } same)
            return parcel.Answer(same ? ParcelReplyStatus.AlreadyDone : ParcelReplyStatus.DifferentContent, number);
        if (parcel.LabelOf(number) is not
            { Wanted: false, State: LabelState.Unclear or LabelState.Voiding or LabelState.NotVoided } label)
            return parcel.Answer(ParcelReplyStatus.NoLabel);
        if (parcel.Operations.Length >= MaxOperations) return parcel.Answer(ParcelReplyStatus.TooMany);

        return parcel.After(
            ParcelReplyStatus.Done, number, new ParcelEvent.LabelGivenUp(by, number, c.Reason, c.By, turn.Now),
            label.State == LabelState.Unclear ? new ParcelEvent.LabelAsked(number, label.Step + 1, false)
                : new ParcelEvent.VoidAsked(number, label.Step + 1));
    }

    IEnumerable<ParcelEvent> AskAgain(ParcelCommand.AskAgain c, Turn turn)
    {
        if (LabelOf(c.Number) is not { State: LabelState.Unclear or LabelState.Voiding } label || label.Step != c.Step)
            return [];
        var isUnclear = label.State == LabelState.Unclear;
        if (IsAskedEnough(label, turn.Now))
            return Opened(label, [new(
                isUnclear ? CaseReason.LabelUnclear : CaseReason.NotVoided, label.GivenUpAt ?? label.AskedAt,
                Says: isUnclear ? label.Why : label.VoidTrouble)], turn);
        return
        [
            isUnclear ? new ParcelEvent.LabelAsked(c.Number, label.Step + 1, label.Wanted)
                : new ParcelEvent.VoidAsked(c.Number, label.Step + 1),
        ];
    }

    /// <summary>What is known of a label now, and the cases that end, or begin, with it.</summary>
    IEnumerable<ParcelEvent> Concluded(ParcelEvent happened, int number, Turn turn)
    {
        yield return happened;
        var after = Evolve(this, happened);
        var label = after.LabelOf(number)!;
        var isPaid = happened is ParcelEvent.LabelVoided { Status: VoidStatus.Refused };
        foreach (var open in after.Cases.Where(k => k.IsOpen && k.Label == number && IsDoubt(k.Reason)))
        {
            if (isPaid && open.Reason == CaseReason.NotVoided) continue;
            ParcelEvent.CaseClosed closed = new(null, open.Number, null, label.Terms.Carrier, turn.Now);
            after = Evolve(after, closed);
            yield return closed;
        }

        if (!isPaid) yield break;
        Sign sign = new(CaseReason.NotVoided, turn.Now, label.Refusal?.Code, label.Refusal?.Says);
        foreach (var opened in after.Opened(label, [sign], turn)) yield return opened;
    }

    static bool IsDoubt(CaseReason reason) => reason is CaseReason.NotVoided or CaseReason.LabelUnclear;

    /// <summary>Its order does not let it go, and its carrier has it; null where that is not so.</summary>
    Sign? Stopped() =>
        Sheet is { Leave: { LeftAt: null, IsPending: false } leave, Progress: { Reached: not Milestone.Labelled } p }
            && !ParcelProgress.IsFinal(p.Reached)
            ? new(CaseReason.Stopped, leave.At, Says: leave.Stopped is { } order ? Words(order)
                : Words(leave.Bench!.Value))
            : null;
}
