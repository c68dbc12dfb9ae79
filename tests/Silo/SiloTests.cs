using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Silo;

/// <summary>What is true of silos only: two of them on one journal, and one that is lost.</summary>
public sealed class SiloTests : IClassFixture<Silos>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Silos _silos;

    public SiloTests(Silos silos)
    {
        Skip.If(silos.Missing is not null, silos.Missing);
        _silos = silos;
    }

    Seat Seat => new(_silos.Cluster, "default", new("tester", "a test"));

    [SkippableFact]
    public async Task A_second_activation_is_refused_by_the_journal_and_the_repeat_succeeds()
    {
        await Stock("dup", 10);
        // One activation lives in a grain; the other is forced on the other silo, beside Orleans' directory.
        var id = EntityId.Of(InventoryCalls.Kind, "default", "dup");
        var first = _silos.Inside(0);
        Resident second = new(id, first);
        await second.Load();
        Assert.Equal(ClaimStatus.Done, (await Seat.Sku("dup").Reserve("o-1", 4)).Status);

        // It decides on a state that is no longer the journal's.
        var stale = await Ask(second, new SkuCommand.Reserve("o-2", 1, 10));
        Assert.Equal(Fault.NotWritten, Assert.IsType<ClusterException>(stale).Fault);
        Assert.False(second.IsReady);

        await second.Load();
        var repeated = Assert.IsType<ClaimReply>(await Ask(second, new SkuCommand.Reserve("o-2", 1, 10)));
        Assert.Equal(ClaimStatus.Insufficient, repeated.Status);
        var allowed = Assert.IsType<ClaimReply>(await Ask(second, new SkuCommand.Reserve("o-3", 1, 6)));
        Assert.Equal(ClaimStatus.Done, allowed.Status);

        // Now the grain is the stale one; its caller repeats by himself.
        Assert.Equal(ClaimStatus.Insufficient, (await Seat.Sku("dup").Reserve("o-4", 1)).Status);
        Assert.Equal(0, (await Seat.Sku("dup").Stock()).Available);
    }

    async Task Stock(string sku, int units)
    {
        await Seat.Node("N").Define(new("North", NodeType.Warehouse, 1, "DE", null, null, null, null));
        await Seat.Sku(sku).Define(new(sku, null, false, null, [], []));
        await Seat.Sku(sku).Receive("r", "N", units, "new");
    }

    static async Task<object> Ask(Resident resident, object command)
    {
        Question question = new(command);
        using Encoder encoder = new();
        resident.Turn(question, encoder);
        resident.Submit();
        return await question.Task.WaitAsync(Patience);
    }

    sealed class Question(object command) : Message(command, new("tester", "a test"))
    {
        readonly TaskCompletionSource<object> _reply = new();

        public Task<object> Task => _reply.Task;

        public override void Answer(object reply) => _reply.TrySetResult(reply);

        public override void Fail(ClusterException why) => _reply.TrySetResult(why);
    }
}
