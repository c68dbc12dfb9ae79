using Fulfillment.Access;
using Fulfillment.Engine;

namespace Fulfillment.Silo.Operating;

/// <summary>Where the rounds are. Its name and its fields stand in the database.</summary>
[GenerateSerializer, Alias("fulfillment.kept-rounds")]
public sealed class KeptRounds
{
    /// <summary>Rounds completed.</summary>
    [Id(0)]
    public long Rounds { get; set; }

    /// <summary>The journal's number of the entity that comes next in this one.</summary>
    [Id(1)]
    public long Row { get; set; }

    /// <summary>Events replayed, ever.</summary>
    [Id(2)]
    public long Events { get; set; }

    /// <summary>The flaws of the last part in which there were any, in words.</summary>
    [Id(3)]
    public string[] Flaws { get; set; } = [];
}

/// <summary>
/// Verifies the journal, entity by entity, again and again: what rots on a disk, or is changed behind our back, must be
/// found while there is a backup from before. One in the cluster. Its key is 0.
/// </summary>
[Alias("fulfillment.rounds")]
public interface IRoundsGrain : IGrainWithIntegerKey
{
    /// <summary>Begins, if nobody has ever; from then on a reminder goes on with it. May be repeated.</summary>
    [Alias("Begin")]
    Task Begin();

    /// <summary>Where it is.</summary>
    [Alias("Where")]
    Task<KeptRounds> Where();
}

/// <inheritdoc cref="IRoundsGrain"/>
/// <remarks>
/// Nobody calls it: a reminder of the database does, on whichever silo is there, so the rounds go on after the silo
/// that made them was lost, and after all were.
/// </remarks>
public sealed class RoundsGrain(
    [PersistentState("rounds")] IPersistentState<KeptRounds> kept, ClusterPlace place, Kinds kinds, RoundsPace pace,
    RoundsMeter meter, ILogger<RoundsGrain> log) : Grain, IRoundsGrain, IRemindable
{
    const string Next = "next part";

    /// <inheritdoc/>
    public async Task Begin()
    {
        if (await this.GetReminder(Next) is null) await this.RegisterOrUpdateReminder(Next, pace.Every, pace.Every);
    }

    /// <inheritdoc/>
    public Task<KeptRounds> Where() => Task.FromResult(kept.State);

    /// <inheritdoc/>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var was = kept.State;
        Verified seen;
        long? next;
        try
        {
            (seen, next) = await Task.Run(() => Look(was.Row));
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or StoreUnavailableException or AggregateException)
        {
            Log.WillRetry(log, "Verifying the journal", e);
            return;
        }

        meter.Saw(seen);
        foreach (var flaw in seen.Flaws) Log.Flawed(log, flaw);
        kept.State = new()
        {
            Rounds = was.Rounds + (next is null ? 1 : 0),
            Row = next ?? 0,
            Events = was.Events + seen.Events,
            Flaws = seen.Flaws.Count == 0 ? was.Flaws : [.. seen.Flaws.Select(f => f.ToString())],
        };
        await kept.WriteStateAsync();
    }

    (Verified Seen, long? Next) Look(long row)
    {
        using PostgresStore store = new(place.Postgres);
        return new Verifier(store, kinds).RunPart(row, pace.Events, store.OpenToRead());
    }
}
