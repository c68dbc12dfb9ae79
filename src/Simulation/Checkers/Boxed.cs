using Fulfillment.Packing;

namespace Fulfillment.Simulation;

/// <summary>
/// The kinds of boxes of a node: no change went over another that its caller had not seen, each that was acknowledged
/// was made, and what is left is what the last changes say.
/// </summary>
public sealed class Boxed : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        var puts = world.Ledger.Questions.Where(q => q.Command is BoxCommand.Put)
            .Select(q => (Command: (BoxCommand.Put)q.Command, Reply: q.Answer as BoxReply)).ToList();
        Dictionary<string, (Box Box, long Revision)> known = [];
        HashSet<Box> made = [];
        foreach (var fact in history.Facts.Where(f => f.Event is BoxEvent))
        {
            if (fact.Event is BoxEvent.BoxPut put)
            {
                var seen = known.TryGetValue(put.Box.Id, out var was) ? was.Revision : 0;
                if (!puts.Exists(p => p.Command.Box == put.Box && p.Command.IfRevision == seen))
                    throw world.Broken($"{put.Box} went over revision {seen}, which nobody had seen who put it");
                if (known.Values.Any(k => k.Box == put.Box)) throw world.Broken($"{put.Box} was put twice");
                made.Add(put.Box);
                known[put.Box.Id] = (put.Box, fact.Version);
            }
            else if (fact.Event is BoxEvent.BoxRemoved gone && !known.Remove(gone.Box))
            {
                throw world.Broken($"{gone.Box} was removed, and was not there");
            }
        }

        foreach (var (command, reply) in puts)
        {
            if (reply?.Status is BoxStatus.Created or BoxStatus.Changed && !made.Contains(command.Box))
                throw world.Broken($"{command.Box} was acknowledged, and is lost");
        }

        foreach (var (id, boxes) in history.States(BoxCalls.Kind, BoxesJson.Default.Boxes))
        {
            if (!boxes.Known.Select(b => b.Box).SequenceEqual(
                known.Values.Select(k => k.Box).OrderBy(b => b.Id, StringComparer.Ordinal)))
                throw world.Broken($"{id} has {string.Join(", ", boxes.Known)}");
        }
    }
}
