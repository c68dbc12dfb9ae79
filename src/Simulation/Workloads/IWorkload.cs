namespace Fulfillment.Simulation;

/// <summary>Callers of one sort. Called at every step of the chaos; asks now and then.</summary>
public interface IWorkload
{
    /// <summary>Perhaps asks something.</summary>
    void Step(World world);
}

/// <summary>Things every workload does.</summary>
static class Callers
{
    /// <summary>The seller of all simulated entities.</summary>
    public const string Seller = "default";

    /// <summary>Asks until told, and sometimes once more after that.</summary>
    public static void Ask<TReply>(
        this World world, string name, EntityId to, ICommand<TReply> command, Action<TReply> told)
    {
        Question question = new(name, to, command, reply => told((TReply)reply));
        world.Ledger.Add(question);
        world.Ask(question);
        if (world.Random.Next(6) == 0) world.Ask(question);
    }

    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
