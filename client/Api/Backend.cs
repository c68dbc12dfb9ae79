using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>What the API stands in front of: entities, lists, keys and facts, wherever they are hosted.</summary>
public sealed record Backend(ICluster Cluster, AllViews Views, Keyring Keyring, Feed Feed, IJournalStore Journal,
    Kinds Kinds)
{
    /// <summary>Why writes would fail now; null while they would not.</summary>
    public required Func<string?> Trouble { get; init; }

    /// <summary>What the first page shows of the engine.</summary>
    public required Func<Gauges> Gauges { get; init; }

    /// <summary>What people should know although all is well; null for nothing.</summary>
    public Func<string?> Notice { get; init; } = () => null;

    /// <summary>Images that cards name.</summary>
    public required IStoredFiles Files { get; init; }

    /// <summary>The compliance rules that orders go by.</summary>
    public ComplianceMemory Compliance { get; } = new();

    /// <summary>Signs and proves; null where there is no key to do so.</summary>
    public LedgerDesk? Ledger { get; init; }

    /// <summary>The moment in the past that is looked at; null for now.</summary>
    public DateTimeOffset? UpTo { get; init; }

    /// <summary>Events of an entity in order.</summary>
    public IEnumerable<Fact> FactsOf(EntityId entity) => Journal.ReadEntity(entity, 0, int.MaxValue)
        .TakeWhile(e => UpTo is null || e.At <= UpTo).Select(Kinds.Read);
}

/// <summary>
/// How the engine is doing: commit latency in milliseconds, sends under way, events that the lists lack, entities in
/// memory and their bytes, or, where they live in silos, how many of these there are and their processes' bytes. Zero
/// where it cannot be known from here.
/// </summary>
public readonly record struct Gauges(
    double CommitMedian, double CommitP99, int OutboxDepth, long ViewLag, int Active, long ActiveBytes, int Silos = 0);
