using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Packing;
using Fulfillment.Warehousing;
using static Fulfillment.Packing.PackCommand;

namespace Fulfillment.Tests.Domain;

/// <summary>The words in which tests of packing are written: three of A, and one of B that must stay cold.</summary>
static class PackJobs
{
    public static readonly EntityId Self = EntityId.Of("packing", "default", "o-1-F1"),
        OrderOfIt = EntityId.Of("order", "default", "o-1");

    public static EntityId Sku(string sku) => EntityId.Of("sku", "default", sku);

    public static readonly Box Large = new(
        "LARGE", new(300, 300, 300), new(310, 310, 310), 100, 9_000, Insulated: true);

    public static Box Small(int length, int width, int height, int grams) =>
        new("SMALL", new(length, width, height), new(length, width, height), 100, grams);

    static readonly PackTerms Terms = new(
        "o-1", 1, "N1",
        [
            new("A", 3, new(110, 90, 50), 400, Upright.ThisSideUp),
            new("B", 1, new(50, 50, 50), 100, Upright.Any, Cold: true),
        ], []);

    public static PackSight Seen(
        long version, int a = 3, int b = 1, bool held = false, int stopping = 0, int[]? holds = null,
        params ImmutableArray<int> intercepts) =>
        new(version, held, [new("1", "A", a, stopping), new("2", "B", b)], [.. holds ?? []], intercepts);

    public static readonly Begin Anna = new("b-1", "anna", "B1", Terms, Seen(1));

    public static readonly OpenBox Open = new("o-1", "anna", "B1", "LARGE", Large, "L1", Seen(2));

    public static readonly CloseBox Close = new("c-1", "anna", "B1", 1, null, Seen(3));

    public static readonly ShipBoxes Ship = new("ship", [], [], "DHL", null, Seen(3));

    public static Scan In(string id, string sku) => new(id, "anna", "B1", 1, sku, 1, Seen(2));

    public static Given<PackJob, PackCommand, PackEvent> Fresh() => new(Self, Product.Start);

    public static Given<PackJob, PackCommand, PackEvent> Begun() => Fresh().When(Anna)
        .When(new NoteBegin(1, Ordering.FulfilStatus.Done, null));

    /// <summary>With one open box.</summary>
    public static Given<PackJob, PackCommand, PackEvent> Opened(Box? box = null) => Begun()
        .When(Open with { Box = box ?? Large }).When(new NoteBox(1, PlateReplyStatus.Done));

    /// <summary>With so many units in it.</summary>
    public static Given<PackJob, PackCommand, PackEvent> Packed(string sku, int units) =>
        Answered(Opened().When(In("s-1", sku) with { Units = units }), PickStatus.Done);

    /// <summary>The SKU answers to the scan that it was asked for; <paramref name="scan"/>: which.</summary>
    public static Given<PackJob, PackCommand, PackEvent> Answered(
        Given<PackJob, PackCommand, PackEvent> job, PickStatus status, int scan) =>
        job.When(new NoteScan(scan, status, default));

    /// <inheritdoc cref="Answered(Given{PackJob, PackCommand, PackEvent}, PickStatus, int)"/>
    public static Given<PackJob, PackCommand, PackEvent> Answered(
        Given<PackJob, PackCommand, PackEvent> job, PickStatus status, params ImmutableArray<Slot> taken) =>
        job.When(PackJob.OnReply(
            Assert.Single(job.Sends, s => s.Command is SkuCommand),
            new PickReply(status, Standing.None, taken.IsEmpty ? default : taken))!);

    public static PackReply Reply(Given<PackJob, PackCommand, PackEvent> job) => Assert.IsType<PackReply>(job.Reply);

    public static PackSheet Now(Given<PackJob, PackCommand, PackEvent> job) =>
        Assert.IsType<PackReply>(job.Ask(new Get())).Sheet!;

    public static void Refused(Given<PackJob, PackCommand, PackEvent> job, PackReplyStatus status)
    {
        Assert.Equal(status, Reply(job).Status);
        Assert.DoesNotContain(job.Events, e => e is not (PackEvent.OrderSeen or PackEvent.DoubtDecided));
    }

    public static BenchFault Wrong(Given<PackJob, PackCommand, PackEvent> job, Scan scan)
    {
        job.When(scan).ThenSends();
        Assert.Equal(PackReplyStatus.Wrong, Reply(job).Status);
        return Now(job).Scans[Reply(job).Scan!.Value - 1].Fault!.Value;
    }
}
