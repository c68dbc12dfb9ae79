using Fulfillment.Composition;
using Fulfillment.Ordering;
using Fulfillment.Shipping;

namespace Fulfillment.Simulation;

/// <summary>
/// What has left was shipped at its order once, with the units that were in it and under a label that is good, and
/// nothing else was; each parcel of a closed manifest has left with it, none with two; a parcel is on the manifest that
/// has it, and on no other; each carrier was told once of exactly those that left, and to come once at most.
/// </summary>
public sealed class Docked : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        var orders = history.Orders.ToDictionary(o => o.Id, o => o.State);
        var parcels = history.States(ParcelCalls.Kind, ParcelJson.Default.Parcel)
            .Where(p => p.State.Sheet is not null).ToDictionary(p => p.Id, p => p.State.Sheet!);
        var manifests = history.States(ManifestCalls.Kind, ManifestJson.Default.Manifest)
            .Where(m => m.State.Sheet is not null).ToDictionary(m => m.Id, m => m.State.Sheet!);
        foreach (var (id, parcel) in parcels)
            CheckParcel(world, id, parcel, orders[id.Sibling(OrderingCalls.Kind, parcel.Terms.Order)], manifests);
        var told = 0;
        foreach (var (id, manifest) in manifests) told += CheckManifest(world, id, manifest, parcels);
        foreach (var (id, pickup) in history.States(PickupCalls.Kind, PickupJson.Default.Pickup))
        {
            if (pickup.Sheet is not { } sheet) continue;
            var times = world.Post.Fetches(sheet.Terms.Grams);
            if (!sheet.IsSettled) throw world.Broken($"{id} waits for ever");
            if (times > 1 || (sheet.State is PickupState.Booked or PickupState.Cancelled) != (times == 1)
                && sheet.State != PickupState.Unclear)
                throw world.Broken($"{id} is {sheet.State}, its carrier was asked to come {times} times");
        }

        if (told != world.Post.Manifests)
            throw world.Broken($"carriers took {world.Post.Manifests} manifests, {told} are known");
    }

    static void CheckParcel(
        World world, EntityId id, ParcelSheet parcel, Order order, Dictionary<EntityId, ManifestSheet> manifests)
    {
        if (parcel.Leave is { IsPending: true }) throw world.Broken($"{id} waits for ever to leave");
        var leave = parcel.Leave is { LeftAt: not null } left ? left : null;
        var shipments = order.Fulfilments.SelectMany(f => f.Shipments).Where(s =>
            s.Id == $"parcel:{id.Name}" || s.Id.StartsWith($"parcel:{id.Name}/", StringComparison.Ordinal)).ToArray();
        if (shipments.Length != (leave is null ? 0 : 1))
            throw world.Broken($"{id} was shipped {shipments.Length} times, and left: {leave is not null}");
        if (leave is not null)
        {
            if (shipments[0].Id != Parcel.ShipmentOf(id.Name, leave.Attempt)
                || !Units(shipments[0].Lines).SequenceEqual(Units(parcel.Terms.Lines)))
                throw world.Broken($"{id} was shipped as {shipments[0].Id} with other units");
            if (!parcel.Labels[leave.Label - 1].IsLive) throw world.Broken($"{id} left under a label that is not good");
        }

        if (parcel.Dock is { } dock && (!manifests.TryGetValue(id.Sibling(ManifestCalls.Kind, dock.Manifest), out var m)
            || m.Close is not null || m.Parcels.All(p => p.Parcel != id.Name)))
            throw world.Broken($"{id} is on {dock.Manifest}, which does not have it");
    }

    static IEnumerable<(string, int)> Units(IEnumerable<LineUnits> lines) => lines.GroupBy(l => l.Line)
        .Select(g => (g.Key, g.Sum(l => l.Units))).OrderBy(l => l.Key, StringComparer.Ordinal);

    static int CheckManifest(
        World world, EntityId id, ManifestSheet manifest, Dictionary<EntityId, ParcelSheet> parcels)
    {
        if (!manifest.IsSettled || manifest.Status == ManifestStatus.Closing)
            throw world.Broken($"{id} waits for an answer for ever");
        foreach (var on in manifest.Parcels)
        {
            var parcel = parcels[id.Sibling(ParcelCalls.Kind, on.Parcel)];
            var fits = manifest.Close is null ? parcel.Dock?.Manifest == id.Name
                : on.HasLeft == true && parcel.Leave is { LeftAt: not null } left && left.Manifest == id.Name;
            if (!fits) throw world.Broken($"{on.Parcel} is on {id}, and does not know");
        }

        foreach (var (key, parcel) in parcels)
            if (parcel.Leave is { LeftAt: not null } left && left.Manifest == id.Name
                && manifest.Parcels.All(p => p.Parcel != key.Name))
                throw world.Broken($"{key} left with {id}, which does not have it");
        return manifest.Carrier is { } carrier ? Told(world, id, manifest, carrier) : 0;
    }

    static int Told(World world, EntityId id, ManifestSheet manifest, CarrierManifest carrier)
    {
        var numbers = world.Post.Manifest(
            manifest.Terms.Carrier, LabelDesk.KeyOf($"manifest//{id.Key}", carrier.Number));
        for (var number = 1; number < carrier.Number; number++)
            if (!world.Post.Manifest(
                manifest.Terms.Carrier, LabelDesk.KeyOf($"manifest//{id.Key}", number)).IsDefault)
                throw world.Broken($"{id} was told its carrier twice");
        if (carrier.Status != CarrierStatus.Done && numbers.IsDefault) return 0;
        var mayHave = carrier is { Status: CarrierStatus.Done } or { Status: null, Unknown: true };
        if (!mayHave || numbers.IsDefault
            || !numbers.SequenceEqual(manifest.Parcels.Select(p => p.TrackingNumber)))
            throw world.Broken($"{id} is not what its carrier was told");
        return 1;
    }
}
