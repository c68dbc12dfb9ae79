using FsCheck;
using FsCheck.Fluent;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Domain;

/// <summary>A parcel's status never goes back.</summary>
public sealed class ParcelProgressTests
{
    static readonly DateTimeOffset Begin = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    static TrackEvent At(int hour, Milestone milestone) => new(Begin.AddHours(hour), milestone, "c", "says");

    static ParcelProgress After(params (int Hour, Milestone Milestone)[] told) => told.Aggregate(
        ParcelProgress.Labelled(Begin), (p, e) => p.After(At(e.Hour, e.Milestone)));

    [Fact]
    public void It_goes_from_the_label_to_the_door()
    {
        var now = ParcelProgress.Labelled(Begin);
        Assert.Equal(Milestone.Labelled, now.Status);
        foreach (var (milestone, i) in ((Milestone, int)[])[
            (Milestone.HandedOver, 1), (Milestone.InTransit, 2), (Milestone.OutForDelivery, 3),
            (Milestone.Delivered, 4)])
        {
            now = now.After(At(i, milestone));
            Assert.Equal(milestone, now.Status);
        }

        Assert.True(ParcelProgress.IsFinal(now.Status));
    }

    [Fact]
    public void Late_events_and_repeats_change_nothing()
    {
        var done = After((5, Milestone.OutForDelivery));
        Assert.Equal(done, done.After(At(2, Milestone.InTransit)));
        Assert.Equal(done, done.After(At(5, Milestone.OutForDelivery)));
        Assert.Equal(done, done.After(At(6, Milestone.InTransit)));
        Assert.Equal(done, done.After(At(7, Milestone.Other)));
        var final = After((9, Milestone.Delivered));
        foreach (var milestone in Enum.GetValues<Milestone>()) Assert.Equal(final, final.After(At(10, milestone)));
    }

    [Fact]
    public void An_exception_stands_until_there_is_progress_as_far_and_later()
    {
        Assert.Equal(Milestone.Exception, After((1, Milestone.InTransit), (2, Milestone.Exception)).Status);
        Assert.Equal(
            Milestone.InTransit,
            After((1, Milestone.InTransit), (2, Milestone.Exception), (3, Milestone.InTransit)).Status);
        // Back in the depot after a failed attempt is no progress.
        Assert.Equal(
            Milestone.Exception,
            After((1, Milestone.OutForDelivery), (2, Milestone.Exception), (3, Milestone.InTransit)).Status);
        // An exception that is told late is over already.
        Assert.Equal(Milestone.InTransit, After((4, Milestone.InTransit), (2, Milestone.Exception)).Status);
        // Progress that is told late does not end what came after it.
        var late = After((1, Milestone.InTransit), (5, Milestone.Exception), (3, Milestone.OutForDelivery));
        Assert.Equal((Milestone.Exception, Milestone.OutForDelivery), (late.Status, late.Reached));
        Assert.Equal(Milestone.Delivered, late.After(At(6, Milestone.Delivered)).Status);
    }

    [Fact]
    public void Before_a_carrier_has_it_his_clock_and_ours_are_not_compared()
    {
        Assert.Equal(Milestone.Exception, After((-5, Milestone.Exception)).Status);
        Assert.Equal(Milestone.HandedOver, After((-5, Milestone.Exception), (-4, Milestone.HandedOver)).Status);
    }

    [Fact]
    public void What_is_on_its_way_back_is_returned_and_what_was_lost_may_be_found()
    {
        Assert.Equal(Milestone.Returning, After((3, Milestone.OutForDelivery), (4, Milestone.Returning)).Status);
        Assert.Equal(Milestone.Returned, After((4, Milestone.Returning), (6, Milestone.Delivered)).Status);
        Assert.Equal(Milestone.Returned, After((4, Milestone.Returning), (6, Milestone.Returned)).Status);
        Assert.Equal(Milestone.Delivered, After((4, Milestone.Lost), (6, Milestone.Delivered)).Status);
        Assert.Equal(Milestone.Lost, After((4, Milestone.Lost), (6, Milestone.InTransit)).Status);
    }

    [Fact]
    public void In_whatever_order_it_is_told_what_turned_back_is_returned()
    {
        (int, Milestone)[] told = [(1, Milestone.InTransit), (8, Milestone.Returning), (10, Milestone.Delivered)];
        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
            Assert.Equal(Milestone.Returned, After([.. order.Select(i => told[i])]).Status);
        Assert.Equal(
            Milestone.Returned, After((4, Milestone.Returning), (6, Milestone.Lost), (9, Milestone.Delivered)).Status);
        Assert.Equal(
            Milestone.Returned, After((6, Milestone.Lost), (4, Milestone.Returning), (9, Milestone.Delivered)).Status);
        // What its receiver sends back later was delivered.
        Assert.Equal(Milestone.Delivered, After((4, Milestone.Delivered), (6, Milestone.Returning)).Status);
    }

    [Fact]
    public void Only_a_label_that_nobody_has_seen_is_void()
    {
        Assert.Equal(Milestone.Void, After((1, Milestone.Void)).Status);
        Assert.Equal(Milestone.InTransit, After((1, Milestone.InTransit), (2, Milestone.Void)).Status);
        Assert.Equal(Milestone.Void, After((1, Milestone.Void), (2, Milestone.InTransit)).Status);
    }

    [Fact]
    public void Whatever_is_told_in_whatever_order_it_never_goes_back() => Prop.ForAll<byte[], byte[]>((kinds, hours) =>
    {
        Milestone[] order =
        [
            Milestone.Labelled, Milestone.HandedOver, Milestone.InTransit, Milestone.OutForDelivery,
            Milestone.Returning, Milestone.Lost, Milestone.Returned, Milestone.Delivered, Milestone.Void,
        ];
        var (now, farthest) = (ParcelProgress.Labelled(Begin), 0);
        for (var i = 0; i < Math.Min(kinds.Length, hours.Length); i++)
        {
            var milestone = (Milestone)(kinds[i] % Enum.GetValues<Milestone>().Length);
            now = now.After(At(hours[i] % 40, milestone));
            var rank = Math.Min(Array.IndexOf(order, now.Reached), 6);
            if (rank < farthest || now.Reached is Milestone.Exception or Milestone.Other) return false;
            farthest = rank;
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_events_shuffled_and_told_twice_end_the_same() => Prop.ForAll<byte[], int>((kinds, seed) =>
    {
        // A label that is void is another matter: it is void for good, or never.
        Milestone[] milestones = [.. Enum.GetValues<Milestone>().Where(m => m != Milestone.Void)];
        TrackEvent[] told = [.. kinds.Select(k => At(k / milestones.Length % 8, milestones[k % milestones.Length]))];
        var expected = told.OrderBy(e => e.At).ThenBy(e => e.Milestone).Aggregate(
            ParcelProgress.Labelled(Begin), (p, e) => p.After(e));
        TrackEvent[] shuffled = [.. told, .. told];
        new Random(seed).Shuffle(shuffled);
        return shuffled.Aggregate(ParcelProgress.Labelled(Begin), (p, e) => p.After(e)) == expected;
    }).QuickCheckThrowOnFailure();
}
