using System.Collections.Immutable;
using Fulfillment.Ordering;

namespace Fulfillment.Tests.Domain;

// What callers ask of the order.
sealed partial class OrderHistory
{
    static OrderCommand.Place Place(Step s) => new(
        "web", null, null, null,
        [.. Enumerable.Range(0, 1 + s.Who % 4).Select(i =>
            Orders.Line($"{i}", Skus[(s.Twist + i * (1 + s.Units % 2)) % 3], 1 + (s.Units + i) % 3, 100))],
        s.What % 3 == 0 ? PaymentPolicy.Prepaid : PaymentPolicy.None,
        s.Twist % 2 == 0 ? AllocationPolicy.AllOrNothing : AllocationPolicy.ShipAvailable);

    OrderCommand CommandOf(Step s) => (s.What % 32) switch
    {
        19 => new OrderCommand.ConfirmPayment(Id(s), Orders.Eur(s.Units * 10 - 10)),
        20 => new OrderCommand.Cancel(Id(s), s.Twist % 3 == 0 ? [] : Lines(s), "changed my mind"),
        10 or 11 or 21 => new OrderCommand.Ship(Id(s), Work(s), s.Twist % 2 == 0 ? [] : Lines(s), null, null),
        22 => new OrderCommand.Deliver(Id(s), Work(s)),
        23 => new OrderCommand.MoveWork(
            Id(s), Work(s), s.Twist % 3 == 0 ? null : Node(s), s.Twist % 2 == 0 ? [] : Lines(s), "slow", "ann",
            Short: s.Twist % 6 == 0),
        24 => new OrderCommand.SplitWork(Id(s), Work(s), Lines(s)),
        25 => new OrderCommand.MergeWork(Id(s), Work(s), 1 + s.Units % 4),
        26 => s.Twist % 2 == 0 ? new OrderCommand.PauseWork(Id(s), Work(s), "blocked", "ann")
            : new OrderCommand.ResumeWork(Id(s), Work(s), "ann"),
        27 => new OrderCommand.AnswerRequest(Work(s), s.Twist % 2 == 0, s.Twist % 3 == 0 ? null : "no people"),
        28 => new OrderCommand.StartWork(Id(s), Work(s)),
        29 => new OrderCommand.PlaceHold(Id(s), HoldType.Manual, "look", "ann", null),
        30 => s.Twist % 3 == 0 ? new OrderCommand.AnswerIntercept(1 + s.Who % 3, s.Units % 2 == 0)
            : new OrderCommand.ReleaseHold(Id(s), 1 + s.Who % 3, "fine", "ann"),
        31 => new OrderCommand.Edit(
            Id(s), s.Twist % 2 == 0 ? [] : Lines(s),
            s.Twist % 3 == 0 ? [] : [Orders.Line($"e{_operations}", Skus[s.Who % 3], 1 + s.Units % 3, 100)],
            s.Twist % 16 == 5 ? new("AT", $"10{s.Units % 3}0") : null, null, "one more"),
        _ => new OrderCommand.Outcome(),
    };

    /// <summary>Mostly one that there is.</summary>
    int Work(Step s) => 1 + s.Who % (_order.State.Fulfilments.Length + 1);

    static string Node(Step s) => $"N{1 + s.Units % 3}";

    /// <summary>Mostly a new id, sometimes one that was used.</summary>
    string Id(Step s) => s.Twist % 8 == 7 ? $"op-{s.Units % 5}" : $"op-{_operations++}";

    static ImmutableArray<LineUnits> Lines(Step s) => [Orders.Of($"{s.Who % 4}", s.Units % 4)];
}
