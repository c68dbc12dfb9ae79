namespace Fulfillment.Simulation;

/// <summary>
/// Something that must hold once chaos is over and all has converged. Throws <see cref="InvariantException"/>.
/// </summary>
public interface IChecker
{
    /// <summary>Looks at the journal and at what callers were told.</summary>
    void Check(World world, History history);
}
