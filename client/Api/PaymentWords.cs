using Fulfillment.Payments;

namespace Fulfillment.Client.Api;

/// <summary>What happened to a payment, in words.</summary>
static class PaymentWords
{
    /// <summary>What happened; the currency is the payment's.</summary>
    public static string Of(PaymentEvent happened, string currency)
    {
        return happened switch
        {
            PaymentEvent.GoalSet e => $"Wanted of the payment: {Of(e.Goal.DueMinor)} in all, "
                + $"{Of(e.Goal.TakeMinor)} of it now",
            PaymentEvent.AuthorisationAsked e => $"{e.Provider} asked to authorise {MoneyText.Of(e.Amount)}"
                + (e.Take ? " and to take it" : "") + (e.Renews is null ? "" : ", for an authorisation that ran out"),
            PaymentEvent.CaptureAsked e => $"Asked to capture {MoneyText.Of(e.Amount)} of authorisation "
                + $"{e.Authorisation}",
            PaymentEvent.VoidAsked e => $"Asked to give up what is left of authorisation {e.Authorisation}",
            PaymentEvent.RefundAsked e => $"Asked to refund {MoneyText.Of(e.Amount)} of capture {e.Capture}",
            PaymentEvent.OutcomeAsked => "Asked the provider again what came of it",
            PaymentEvent.StepPending e => e.ActionUrl is null
                ? $"The provider has not decided yet; asked again at {e.AskAt:u}"
                : $"The buyer has to approve it first; asked again at {e.AskAt:u}",
            PaymentEvent.Authorised e => $"Authorisation {e.Number} granted"
                + (e.ExpiresAt is { } at ? $", good until {at:u}" : "") + Told(e.Notice),
            PaymentEvent.MoneyTaken e => $"{Of(e.AmountMinor)} captured{Told(e.Notice)}",
            PaymentEvent.Voided e => $"Authorisation {e.Authorisation} given up{Told(e.Notice)}",
            PaymentEvent.MoneyReturned e => $"{Of(e.AmountMinor)} refunded{Told(e.Notice)}",
            PaymentEvent.StepRefused e => $"{StepOf(e.About)} {EndOf(e.Status)}: {e.Code}{Told(e.Notice)}",
            PaymentEvent.AuthorisationExpired e => $"Authorisation {e.Number} ran out",
            PaymentEvent.RenewalsEnded => $"{Payment.MaxPromises} authorisations ran out; no other one is asked for",
            PaymentEvent.RefundOrdered e => $"Refund of {MoneyText.Of(e.Amount)} ordered: {e.Reason}",
            PaymentEvent.CaptureOrdered e => $"Capture of {MoneyText.Of(e.Amount)} ordered before goods leave",
            PaymentEvent.RetryOrdered => "To be tried again",
            PaymentEvent.ReturnSeen e =>
                $"{Of(e.AmountMinor)} given back by the provider without our asking{Told(e.Notice)}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

        string Of(long minor) => MoneyText.Of(minor, currency);
    }

    /// <summary>What the order was told.</summary>
    public static string Of(PaymentStanding s, string currency) =>
        $"Payment {Words<PaymentState>.Of(s.State)}: {MoneyText.Of(s.PromisedMinor, currency)} authorised, "
        + $"{MoneyText.Of(s.TakenMinor, currency)} captured, {MoneyText.Of(s.ReturnedMinor, currency)} refunded"
        + (s.Code is null ? "" : $"; {s.Code}");

    static string StepOf(ProviderStep step) => step switch
    {
        ProviderStep.Authorise => "Authorisation",
        ProviderStep.Capture => "Capture",
        ProviderStep.Void => "Giving up the authorisation",
        ProviderStep.Refund => "Refund",
    };

    static string EndOf(ProviderStatus status) => status switch
    {
        ProviderStatus.Declined => "declined",
        ProviderStatus.Expired => "came too late, the authorisation had run out",
        ProviderStatus.Refused => "refused by the provider",
        ProviderStatus.Done or ProviderStatus.Pending => Words<ProviderStatus>.Of(status),
    };

    static string Told(string? notice) => notice is null ? "" : $" (the provider's message {notice})";
}
