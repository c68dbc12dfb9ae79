using Fulfillment.Payments;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of payments and accounts, every field with a value of its own.</summary>
static class PaymentExamples
{
    static readonly PaymentGoal Goal = new(7, 2, "stripe", "pm_card", "EUR", 8_520, 4_260, true);
    static readonly Money Amount = new(4_260, "EUR");

    static readonly ProviderAnswer Answer = new(
        ProviderStatus.Declined, "pi_1", "ch_1", After(604_800), "insufficient_funds", "https://pay.example/3ds");

    public static IEnumerable<object> All =>
    [
        new PaymentCommand.Pursue(Goal),
        new PaymentCommand.Get(),
        new PaymentCommand.Outcome(),
        new PaymentCommand.Refund("r-1", Amount, "a scratch"),
        new PaymentCommand.Capture("c-1", Amount),
        new PaymentCommand.Retry("t-1"),
        new PaymentCommand.TakeAnswer(3, Answer),
        new PaymentCommand.TakeNotice(new("evt_1", "default/o-1", ProviderStep.Refund, "re_1", Answer, Amount)),
        new PaymentCommand.AskAgain(3),
        new PaymentCommand.Expire(1),
        new PaymentEvent.GoalSet(Goal),
        new PaymentEvent.AuthorisationAsked(3, 1, "stripe", "pm_card", Amount, true, "pi_0"),
        new PaymentEvent.CaptureAsked(4, 2, 1, Amount, true),
        new PaymentEvent.VoidAsked(5, 1),
        new PaymentEvent.RefundAsked(6, 1, 2, Amount),
        new PaymentEvent.OutcomeAsked(7),
        new PaymentEvent.StepPending("pi_1", "https://pay.example/3ds", After(30)),
        new PaymentEvent.Authorised(1, "pi_1", After(604_800), "evt_1"),
        new PaymentEvent.MoneyTaken(2, 1, 4_260, "ch_1", "evt_2"),
        new PaymentEvent.Voided(1, "evt_3"),
        new PaymentEvent.MoneyReturned(1, 4_260, "re_1", "evt_4"),
        new PaymentEvent.StepRefused(ProviderStep.Capture, 2, ProviderStatus.Expired, "charge_expired", "evt_5"),
        new PaymentEvent.AuthorisationExpired(1),
        new PaymentEvent.RenewalsEnded(2),
        new PaymentEvent.RefundOrdered("r-1", Amount, "a scratch"),
        new PaymentEvent.CaptureOrdered("c-1", Amount, 8_520),
        new PaymentEvent.RetryOrdered("t-1"),
        new PaymentEvent.ReturnSeen(2, "re_2", 100, "evt_6"),
        new ProviderCall.Authorise("default/o-1", "pm_card", Amount, true, "pi_0") { Step = 3 },
        new ProviderCall.Capture("default/o-1", "pi_1", Amount, true) { Step = 4 },
        new ProviderCall.Void("default/o-1", "pi_1") { Step = 5 },
        new ProviderCall.Refund("default/o-1", "ch_1", Amount) { Step = 6 },
        new ProviderCall.Inquire("default/o-1", ProviderStep.Capture, "ch_1") { Step = 7 },
        new AccountCommand.Open(new(500_000, "EUR"), true),
        new AccountCommand.Get(),
        new AccountCommand.Pay("b-1", Amount),
        new AccountCommand.Bear("o-1", Goal),
        new AccountEvent.AccountOpened(new(500_000, "EUR"), true),
        new AccountEvent.AccountPaid("b-1", Amount),
        new AccountEvent.OrderBorne("o-1", 7, 2, 8_520, true, true),
        new AccountEvent.OrderRefused("o-1", 7, 2, 8_520, "over-limit"),
        new AccountEvent.OrderRefused("o-1", 7, 2, 8_520, "unknown-account", "EUR"),
    ];
}
