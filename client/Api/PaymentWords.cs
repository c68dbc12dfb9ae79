using Fulfillment.Payments;

namespace Fulfillment.Client.Api;

/// <summary>What happened to a payment, in words. Amounts in minor units.</summary>
static class PaymentWords
{
    public static string Of(PaymentEvent happened) => happened switch
    {
        PaymentEvent.GoalSet e => $"Payment: {e.Goal.DueMinor} due, {e.Goal.TakeMinor} of it to be taken now",
        PaymentEvent.AuthorisationAsked e => $"{e.Provider} asked to authorise {Of(e.Amount)}"
            + (e.Take ? " and to take it" : "") + (e.Renews is null ? "" : ", for an authorisation that ran out"),
        PaymentEvent.CaptureAsked e => $"Asked to capture {Of(e.Amount)}",
        PaymentEvent.VoidAsked e => $"Asked to give up authorisation {e.Authorisation}",
        PaymentEvent.RefundAsked e => $"Asked to refund {Of(e.Amount)}",
        PaymentEvent.OutcomeAsked => "Asked what came of it",
        PaymentEvent.StepPending e => e.ActionUrl is null
            ? $"Not decided yet; asked again at {e.AskAt:u}" : "The buyer has to approve it first",
        PaymentEvent.Authorised e => $"Authorisation {e.Number} granted"
            + (e.ExpiresAt is { } at ? $", good until {at:u}" : "") + Told(e.Notice),
        PaymentEvent.MoneyTaken e => $"{e.AmountMinor} captured{Told(e.Notice)}",
        PaymentEvent.Voided e => $"Authorisation {e.Authorisation} given up{Told(e.Notice)}",
        PaymentEvent.MoneyReturned e => $"{e.AmountMinor} refunded{Told(e.Notice)}",
        PaymentEvent.StepRefused e =>
            $"{Words<ProviderStep>.Of(e.About)} {Words<ProviderStatus>.Of(e.Status)}: {e.Code}{Told(e.Notice)}",
        PaymentEvent.AuthorisationExpired e => $"Authorisation {e.Number} ran out",
        PaymentEvent.RenewalsEnded => $"{Payment.MaxPromises} authorisations ran out; no other one is asked for",
        PaymentEvent.RefundOrdered e => $"Refund of {Of(e.Amount)} ordered: {e.Reason}",
        PaymentEvent.CaptureOrdered e => $"Capture of {Of(e.Amount)} ordered before goods leave",
        PaymentEvent.RetryOrdered => "To be tried again",
        PaymentEvent.ReturnSeen e => $"{e.AmountMinor} given back by the provider without our asking{Told(e.Notice)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    static string Of(Money money) => $"{money.AmountMinor} {money.Currency}";

    static string Told(string? notice) => notice is null ? "" : $" (the provider's message {notice})";
}
