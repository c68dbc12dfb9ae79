using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Payments;
using Fulfillment.Routing;
using Fulfillment.Screening;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>An order is screened beside its stock: what is asked, what follows, and what is noted in the end.</summary>
public sealed class ScreeningOrderTests
{
    static readonly Signals Known = new(EmailKey: "e", IpKey: "i");
    static readonly TraceReply Fresh = new(NoteStatus.Noted), Seen = new(NoteStatus.Noted, OrdersBefore: 3);
    static readonly StockAnswer Held = Granted("A", 1, 2);

    static readonly OrderPlaced Screened = Placed(Place(Line("1", "A", 2, 100)) with
    {
        Signals = Known,
        ShipTo = new("DE", null),
    }, Eur(200));

    static Assessment Says(Verdict verdict) => new(60, verdict, [], "m", 1, 0, TimeSpan.FromHours(4));

    static Send ToTrace(string name, TraceCommand command) => new(EntityId.Of("trace", "default", name), command);

    static Send[] ToBoth(TraceCommand command) => [ToTrace("email:e", command), ToTrace("ip:i", command)];

    static Send ToPolicy(Traces traces, Signals signals) => new(
        EntityId.Of(FraudPolicyCalls.Kind, "default", FraudPolicyCalls.Name),
        new FraudPolicyCommand.Assess(signals, traces, Eur(200)));

    [Fact]
    public void Every_trace_of_the_buyer_is_asked_when_the_order_is_placed() => Given(Screened).ThenSends([
        .. ToBoth(new TraceCommand.Note("o-1", Eur(200), "DE")),
        ToSku("A", new SkuCommand.Reserve("o-1", 1, 2, Start)),
    ]);

    [Fact]
    public void The_policy_is_asked_when_all_have_told() => Given(Screened)
        .When(new TakeTrace(TraceOf.Ip, Seen)).Then(Done.It, new TraceTold(TraceOf.Ip, Seen)).ThenSends()
        .When(new TakeTrace(TraceOf.Ip, Fresh)).Then(Done.It)
        .When(new TakeTrace(TraceOf.Email, Fresh)).Then(Done.It, new TraceTold(TraceOf.Email, Fresh))
        .ThenSends(ToPolicy(new(Email: Fresh, Ip: Seen), Known));

    [Fact]
    public void A_buyer_without_a_trace_is_judged_at_once() => Given(Screened with { Signals = new() })
        .ThenSends(ToPolicy(new(), new()), ToSku("A", new SkuCommand.Reserve("o-1", 1, 2, Start)));

    [Fact]
    public void An_order_that_is_not_screened_asks_nobody_and_hears_nothing() => Given(Placed(Line("1", "A", 2)))
        .ThenSends(ToSku("A", new SkuCommand.Reserve("o-1", 1, 2, Start)))
        .When(new TakeTrace(TraceOf.Ip, Seen)).Then(Done.It)
        .When(new TakeAssessment(Says(Verdict.Reject))).Then(Done.It);

    [Fact]
    public void An_order_is_not_accepted_before_the_verdict()
    {
        var scene = Given(Screened).When(Take(Held)).ThenHappens(new StockSecured(Held, [])).ThenSends();

        Assert.Equal(OrderStatus.Received, scene.See().Status);
        scene.When(new Outcome()).Then(null)
            .When(new TakeAssessment(Says(Verdict.Accept)))
            .Then(Done.It, new OrderScreened(Says(Verdict.Accept)), new OrderAccepted(null, []))
            .ThenSends(new Send(new("router", ""), new RoutingMessage.PlanRoute(
                1, [new("A", 2, [N1(2)])], new("default", "DE", null, Start, Channel: "web"))))
            .When(new TakeAssessment(Says(Verdict.Reject))).Then(Done.It);
    }

    [Fact]
    public void A_verdict_that_comes_before_stock_waits_for_it() => Given(Screened)
        .When(new TakeAssessment(Says(Verdict.Accept))).ThenHappens(new OrderScreened(Says(Verdict.Accept)))
        .When(Take(Held)).ThenHappens(new OrderAccepted(Held, []));

    [Fact]
    public void No_money_is_asked_for_before_the_verdict()
    {
        PaymentGoal goal = new(3, 1, "test-gateway", "tok-1", "EUR", 200, 0, false);

        Given(Screened with { Payment = PaymentPolicy.Authorise, Method = new("test-gateway", "tok-1") })
            .When(Take(Held)).ThenSends(Timer(new EndPaymentWait(), Start + Order.PayWithin))
            .When(new TakeAssessment(Says(Verdict.Accept)))
            .ThenSends(new Send(EntityId.Of("payment", "default", "o-1"), new PaymentCommand.Pursue(goal)));
    }

    [Fact]
    public void An_order_that_is_to_be_reviewed_is_held_until_somebody_has_decided()
    {
        OrderHeld review = new(null, new(
            1, HoldType.Fraud, "score 60", Order.ScreeningRule, Start, Start.AddHours(4)), []);

        Given(Screened, new StockSecured(Held, []))
            .When(new TakeAssessment(Says(Verdict.Review))).ThenHappens(new OrderScreened(Says(Verdict.Review)), review)
            .ThenSends(Timer(new NoteOverdue(1), Start.AddHours(4)))
            .When(new ReleaseHold("r-1", 1, "known buyer", "ann"))
            .ThenHappens(
                new HoldReleased("r-1", 1, Start, "ann", "known buyer", []), new OrderAccepted(null, []));
    }

    [Fact]
    public void An_order_that_is_not_wanted_is_cancelled_and_gives_its_stock_back()
    {
        var scene = Given(Screened, new StockSecured(Held, []))
            .When(new TakeAssessment(Says(Verdict.Reject)))
            .ThenHappens(
                new OrderScreened(Says(Verdict.Reject)),
                new OrderCancelled(Order.ScreenedOut, "screening: score 60", [], [Of("1", 2)], []))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 2, [])));

        Assert.Equal(OrderStatus.Cancelled, scene.See().Status);
    }

    [Fact]
    public void A_declined_payment_is_noted_under_its_attempt()
    {
        PaymentStanding declined = new(3, 2, PaymentState.Declined, 0, 0, 0, 0, "no");

        Given(Screened with { Payment = PaymentPolicy.Authorise, Method = new("test-gateway", "tok-1") })
            .When(new NotePayment(declined)).ThenSends(ToBoth(new TraceCommand.NoteDecline("o-1", "2")));
    }

    [Fact]
    public void What_somebody_takes_for_fraud_is_noted_as_such() =>
        Given(Screened, new StockSecured(Held, []), new OrderScreened(Says(Verdict.Review)), new OrderHeld(
            null, new(1, HoldType.Fraud, "score 60", Order.ScreeningRule, Start, null), []))
            .When(new RejectHold("x-1", 1, "stolen card", "ann")).ThenSends([
                .. ToBoth(new TraceCommand.NoteFraud("o-1")), ToSku("A", new SkuCommand.Release("o-1", 2, 2, [])),
            ]);

    [Fact]
    public void Who_changed_his_mind_is_no_fraud() => Given(Screened)
        .When(new Cancel("c-1", [], "changed my mind")).ThenSends();

    [Fact]
    public void An_order_that_closes_was_a_good_one() => Given([
        .. AtNode(Screened), new GoodsShipped("s-1", 1, Start, [], [Of("1", 2)], null, null),
        new GoodsDelivered("d-1", 1, Start, [Of("1", 2)], null),
    ]).When(new Close()).ThenSends(ToBoth(new TraceCommand.NoteGood("o-1")));
}
