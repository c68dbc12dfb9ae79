using Fulfillment.Composition;

namespace Fulfillment.Simulation;

/// <summary>What <c>verify</c> proves of a journal, and that a second replay gives the same states.</summary>
public sealed class Chain : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        var verified = new Audit(world.Store, world.Kinds).Run(history.Facts.Count);
        if (verified.Flaws.Count > 0) throw world.Broken(verified.Flaws[0].ToString());
        if (verified.Events != history.Facts.Count)
            throw world.Broken($"{verified.Events} events were verified, the journal has {history.Facts.Count}");
        if (new History(world, anew: true).Hash() != history.Hash()) throw world.Broken("two replays give two states");
    }
}
