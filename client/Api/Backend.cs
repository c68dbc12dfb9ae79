using Fulfillment.Engine;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>What the API stands in front of: entities, lists, keys and facts, wherever they are hosted.</summary>
public sealed record Backend(ICluster Cluster, AllViews Views, Keyring Keyring, Feed Feed, IJournalStore Journal,
    Kinds Kinds)
{
    /// <summary>Why writes would fail now; null while they would not.</summary>
    public required Func<string?> Trouble { get; init; }

    /// <summary>Events of an entity in order.</summary>
    public IEnumerable<Fact> FactsOf(EntityId entity) => Journal.ReadEntity(entity, 0, int.MaxValue).Select(Kinds.Read);
}
