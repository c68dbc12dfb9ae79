using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Composition;

/// <summary>
/// Verifies a journal: every entity by itself, and then that orders and SKUs agree. An order believes what the SKU told
/// it last; news may still be on its way, so a belief is wrong only if the SKU had said nothing newer by then. Where
/// signed heads are known, the journal must still be what they say.
/// </summary>
public sealed class Audit(IJournalStore store, Kinds kinds)
{
    readonly Dictionary<(EntityId Sku, string Order), Standing> _claims = [];
    readonly Dictionary<EntityId, (Sku State, long Version)> _skus = [];
    readonly List<(EntityId Order, string Sku, Standing Believed)> _beliefs = [];

    /// <summary>Sees how many events were replayed so far.</summary>
    public Action<long> Progress { get; init; } = _ => { };

    /// <summary>Signed heads that the journal must agree with; none when nothing is known of it.</summary>
    public IReadOnlyList<LedgerHead> Heads { get; init; } = [];

    /// <summary>Who should have signed the heads; null: not looked at.</summary>
    public ECDsa? Signer { get; init; }

    /// <summary>Verifies up to position <paramref name="upTo"/>.</summary>
    public Verified Run(long upTo, CancellationToken cancel = default)
    {
        var alone = new Verifier(store, kinds) { Ended = Take, Progress = Progress }.Run(upTo, cancel);
        if (Heads.Count > 0)
        {
            var anchored = Anchors.Check(store, upTo, Heads, Signer, cancel);
            var named = alone.Flaws.Count == 0 && anchored.FirstOrDefault(f => f.Rule == "rewritten") is { } rewritten
                ? Sends(rewritten.Position, upTo, cancel) : [];
            alone = alone with { Flaws = [.. alone.Flaws.Concat(named).Concat(anchored).Take(Verifier.MaxFlaws)] };
        }

        if (alone.Flaws.Count > 0) return alone;
        return alone with { Flaws = [.. Disagreements().Take(Verifier.MaxFlaws)] };
    }

    /// <summary>
    /// Where the chains are whole and the tree is not, what was changed is what chains do not cover: an event's place,
    /// or what it caused to be sent. The latter is made again, by today's rules, and compared.
    /// </summary>
    IEnumerable<Flaw> Sends(long from, long upTo, CancellationToken cancel)
    {
        using Encoder encoder = new();
        Activation? entity = null;
        for (var (row, version) = (0L, 0L); store.ReadByEntity(row, version, 2_000) is { Count: > 0 } page;)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var (_, stored) in page)
            {
                if (entity?.Id != stored.Entity) entity = kinds.Of(stored.Entity).Open(stored.Entity, kinds);
                if (stored.Position > upTo) continue;
                entity.Apply(stored);
                if (stored.Position < from) continue;
                var sends = entity.SendsOfLast();
                var known = stored.Sends ?? [];
                if (known.AsSpan().SequenceEqual(sends.Length == 0 ? [] : encoder.Sends(kinds, sends))) continue;
                yield return new(
                    stored.Entity, stored.Version, stored.Position, "sends",
                    "what it caused to be sent is not what today's rules send");
            }

            (row, version) = (page[^1].Row, page[^1].Event.Version);
        }
    }

    void Take(Activation entity)
    {
        if (entity.Id.Kind == InventoryCalls.Kind)
        {
            var sku = StateOf(entity, InventoryJson.Default.Sku);
            foreach (var claim in sku.Claims.Open) _claims.Add((entity.Id, claim.Order), claim.Standing);
            _skus.Add(entity.Id, (sku, entity.Version));
        }
        else if (entity.Id.Kind == OrderingCalls.Kind)
        {
            var order = StateOf(entity, OrderingJson.Default.Order);
            foreach (var demand in order.Demands) _beliefs.Add((entity.Id, demand.Sku, demand.Standing));
        }
    }

    /// <summary>
    /// The state; where a test has put a kind with a planted bug in the place of the product's, as it is written, which
    /// is the same.
    /// </summary>
    static T StateOf<T>(Activation entity, JsonTypeInfo<T> contract) => entity.CurrentState is T state
        ? state : JsonSerializer.Deserialize(entity.WriteState(), contract)!;

    IEnumerable<Flaw> Disagreements()
    {
        foreach (var (order, name, believed) in _beliefs)
        {
            var sku = order.Sibling(InventoryCalls.Kind, name);
            if (Said(sku, order.Name, believed) is { } flaw)
                yield return new(order, 0, 0, "agreement", $"it believes {Words(believed)} of {sku}, {flaw}");
        }
    }

    /// <summary>What is wrong with the belief; null when nothing is.</summary>
    string? Said(EntityId id, string order, Standing believed)
    {
        if (!_skus.TryGetValue(id, out var sku)) return believed == Standing.None ? null : "which has no history";
        if (believed.Version > sku.Version) return $"which is at version {sku.Version} only";
        if (_claims.TryGetValue((id, order), out var claim))
        {
            return claim.Version > believed.Version || Same(claim, believed) ? null : $"which says {Words(claim)}";
        }

        var closed = sku.State.Claims.TryGetClosed(order, out var known) && known.Version <= believed.Version;
        return closed && !Same(Standing.None, believed) ? "which has closed the claim" : null;
    }

    static bool Same(Standing a, Standing b) =>
        a.Held == b.Held && a.Backordered == b.Backordered && a.Allocated.SequenceEqual(b.Allocated);

    static string Words(Standing s) => string.Create(
        CultureInfo.InvariantCulture,
        $"{s.Held} held, {s.Backordered} backordered, {s.Allocated.Sum(a => a.Units)} allocated (version {s.Version})");
}
