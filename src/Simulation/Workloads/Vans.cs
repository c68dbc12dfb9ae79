using System.Collections.Immutable;
using Fulfillment.Shipping;

namespace Fulfillment.Simulation;

/// <summary>
/// The carriers' vans and their webhooks: parcels move on, and some of it is told, late, twice and in any order. What
/// they have taken has left its order. Now and then somebody closes a case.
/// </summary>
public sealed class Vans : IWorkload
{
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        var labels = world.Post.Labels;
        if (labels.Count == 0 || random.Next(6) > 0) return;
        var (carrier, key, isVoid) = random.Pick(labels);
        // A label that was given back is seldom used.
        if (isVoid && random.Next(20) > 0) return;
        if (random.Next(3) > 0) world.Post.Ways.Move(carrier, key);
        var way = world.Post.Ways.Of(carrier, key);
        if (way.Count == 0) return;
        var slash = key.LastIndexOf('/');
        EntityId id = new(ParcelCalls.Kind, key[..slash]);
        var number = int.Parse(key[(slash + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        if (random.Next(3) > 0) Tell(world, id, number, way);
        if (random.Next(3) == 0) Look(world, id);
    }

    void Tell(World world, EntityId id, int number, IReadOnlyList<TrackEvent> way)
    {
        var random = world.Random;
        ImmutableArray<TrackEvent> some = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Pick(way))];
        world.Ask(
            $"webhook {_next++}", id,
            new ParcelCommand.NoteTracking(number, TrackSource.Webhook, some, null, null, "webhook"), _ => { });
    }

    void Look(World world, EntityId id) => world.Ask(
        $"look at {id} {_next++}", id, new ParcelCommand.Get(), reply =>
        {
            if (reply.Parcel is not { Label: not null } sheet) return;
            if (!sheet.Cases.IsDefault && sheet.Cases.FirstOrDefault(c => c.IsOpen) is { } open
                && world.Random.Next(4) == 0)
            {
                var close = $"cc{_next++}";
                world.Ask(close, id, new ParcelCommand.CloseCase(close, open.Number, "seen to", "erna"), _ => { });
            }

            Leave(world, id);
        });

    /// <summary>What the carrier has taken is handed over to him, once somebody says so.</summary>
    void Leave(World world, EntityId id)
    {
        var over = $"to{_next++}";
        world.Ask(over, id, new ParcelCommand.Leave(over, null, "erna"), _ => { });
    }
}
