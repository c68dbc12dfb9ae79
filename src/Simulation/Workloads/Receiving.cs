using Fulfillment.Intake;

namespace Fulfillment.Simulation;

/// <summary>
/// The intake: idempotency keys that are used again, with the same request or another, and quarantined messages.
/// </summary>
public sealed class Receiving : IWorkload
{
    readonly Dictionary<string, string> _owners = [];
    readonly Dictionary<string, int> _firsts = [];
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(60) == 0) Claim(world, $"key{random.Next(6)}", $"request{random.Next(2)}");
        if (random.Next(80) == 0) Quarantine(world, random);
    }

    void Claim(World world, string key, string content)
    {
        var id = EntityId.Of(IntakeCalls.RequestKind, Callers.Seller, key);
        world.Ask($"{key} for {content}", id, new RequestCommand.Claim(content), reply =>
        {
            if (reply.Status == ClaimKeyStatus.First && (_firsts[key] = _firsts.GetValueOrDefault(key) + 1) > 1)
                throw world.Broken($"{key} was free twice");
            if (reply.Status == ClaimKeyStatus.OtherContent) return;
            if (_owners.TryGetValue(key, out var owner) && owner != content)
                throw world.Broken($"{key} belongs to {owner} and to {content}");
            _owners[key] = content;
        });
    }

    void Quarantine(World world, Random random)
    {
        var id = EntityId.Of(IntakeCalls.QuarantineKind, Callers.Seller, $"q{_next++}");
        QuarantineCommand.Put put = new("file:1",
            new("s", "sealed"), [new("/lines", "required", "Lines are missing.")]);
        world.Ask($"quarantine {id}", id, put, _ => { });
        if (random.Next(2) == 0)
            world.Ask($"replay {id}", id, new QuarantineCommand.Replay("order/default/o1"), _ => { });
        if (random.Next(2) == 0) world.Ask($"discard {id}", id, new QuarantineCommand.Discard("junk"), _ => { });
    }
}
