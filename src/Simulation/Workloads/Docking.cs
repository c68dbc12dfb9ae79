using System.Collections.Immutable;
using Fulfillment.Composition;
using Fulfillment.Shipping;

namespace Fulfillment.Simulation;

/// <summary>
/// Whoever works at the dock: opens manifests, scans parcels on them and off again, right, wrong and twice, closes them
/// with and without a mismatch, tries again what a carrier refused, and gives single parcels to a driver.
/// </summary>
public sealed class Docking(Parcelling parcelling) : IWorkload
{
    const int MostManifests = 12, MostPickups = 5;

    readonly Dictionary<(string Node, string Carrier), EntityId> _open = [];
    readonly List<EntityId> _all = [];
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (parcelling.Parcels.Count > 0 && random.Next(2) == 0)
        {
            var parcel = random.Pick(parcelling.Parcels);
            world.Ask($"look at {parcel} at the dock {_next++}", parcel, new ParcelCommand.Get(), r => Bring(
                world, parcel, r.Parcel));
        }

        if (_all.Count > 0 && random.Next(12) == 0) Close(world, random.Pick(_all));
        if (random.Next(60) == 0) Fetch(world);
    }

    /// <summary>A carrier is to come, or not to come after all. No two pickups weigh the same.</summary>
    void Fetch(World world)
    {
        var random = world.Random;
        var number = random.Next(1, MostPickups + 1);
        var id = EntityId.Of(PickupCalls.Kind, Callers.Seller, $"pu{number}");
        if (random.Next(3) == 0)
        {
            var cancel = $"puc{_next++}";
            world.Ask(cancel, id, new PickupCommand.Cancel(cancel, "nothing to fetch", "fritz"), _ => { });
            return;
        }

        PickupTerms terms = new(
            "N1", Post.Names[number % Post.Names.Length], new("AT"), new(2026, 12, 1), new(14, 0), new(17, 30), 1,
            number, "standard", "AT");
        world.Ask($"book {id} {_next++}", id, new PickupCommand.Book(terms, "fritz"), _ => { });
    }

    void Bring(World world, EntityId parcel, ParcelSheet? sheet)
    {
        if (world.IsCalm || sheet is null) return;
        var random = world.Random;
        if (random.Next(12) == 0)
        {
            var alone = $"ho{_next++}";
            world.Ask(alone, parcel, new ParcelCommand.Leave(alone, null, "fritz"), _ => { });
            return;
        }

        var carrier = random.Next(10) == 0 ? random.Pick(Post.Names)
            : sheet.Labels.LastOrDefault()?.Terms.Carrier ?? random.Pick(Post.Names);
        var manifest = random.Next(8) == 0 && _all.Count > 0 ? random.Pick(_all)
            : Open(world, sheet.Terms.Node, carrier);
        var number = random.Next(3) == 0 ? null : sheet.Labels.LastOrDefault(l => l.TrackingNumber is not null)
            ?.TrackingNumber;
        var id = $"ds{_next++}";
        world.Ask(id, manifest, new ManifestCommand.Scan(
            id, number ?? parcel.Name, random.Next(15) == 0 ? null : parcel.Name, number, random.Next(6) == 0, "fritz"),
            _ => { });
    }

    EntityId Open(World world, string node, string carrier)
    {
        if (_open.TryGetValue((node, carrier), out var known)) return known;
        if (_all.Count >= MostManifests) return world.Random.Pick(_all);
        var id = EntityId.Of(ManifestCalls.Kind, Callers.Seller, $"mf{_all.Count}");
        _all.Add(id);
        _open[(node, carrier)] = id;
        ManifestTerms terms = new(node, carrier, DateOnly.FromDateTime(world.Time.Now.UtcDateTime), null);
        world.Ask($"open {id}", id, new ManifestCommand.Open(terms, "fritz"), _ => { });
        return id;
    }

    /// <summary>What is due is mostly what is on it, and now and then a parcel more.</summary>
    void Close(World world, EntityId manifest) => world.Ask(
        $"look at {manifest} {_next++}", manifest, new ManifestCommand.Get(), r =>
        {
            if (world.IsCalm || r.Manifest is not { } sheet) return;
            var random = world.Random;
            if (sheet.Parcels.IsEmpty && random.Next(8) > 0) return;
            // Who may have it is told again only when he has it not, which somebody has looked up with him.
            int? told = sheet is { ClosedAt: not null, Carrier: { Unknown: true } carrier } ? carrier.Number : null;
            if (told is { } number && !world.Post.Manifest(
                sheet.Terms.Carrier, LabelDesk.KeyOf($"manifest//{manifest.Key}", number)).IsDefault) return;
            ImmutableArray<string> due = [.. sheet.Parcels.Select(p => p.Parcel)];
            if (random.Next(4) == 0) due = due.Add(random.Pick(parcelling.Parcels).Name);
            var id = $"mc{_next++}";
            world.Ask(id, manifest, new ManifestCommand.Close(
                id, due, random.Next(3) == 0 ? "the driver waits" : null, "fritz", new("AT"), told), _ => { });
            if (_open.FirstOrDefault(o => o.Value == manifest) is { Value.Kind: not null } open && random.Next(4) > 0)
                _open.Remove(open.Key);
        });
}
