using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// Stands in for a SKU and answers one order arbitrarily, but lawfully: a step is applied once, what is held is kept, a
/// question that got no is too old to get a yes later. Fails when the order asks for what it cannot have.
/// </summary>
sealed class SkuDouble
{
    static readonly string[] Nodes = ["N1", "N2", "N3"];

    readonly SortedDictionary<string, long> _allocated = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> _shipped = [];
    long _version, _held, _backordered, _wanted;
    int _step, _closed, _refused;
    bool _answered, _unknown;

    /// <summary>From now on there is enough of everything.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Units held or awaited that no node has.</summary>
    public long Unallocated => _held + _backordered;

    /// <summary>Units that wait to come.</summary>
    public long Backordered => _backordered;

    /// <summary>Units committed per node.</summary>
    public IReadOnlyDictionary<string, long> Allocated => _allocated;

    /// <summary>Units that left, per node.</summary>
    public IReadOnlyDictionary<string, long> Shipped => _shipped;

    bool IsOpen => Unallocated > 0 || _allocated.Count > 0;

    /// <summary>What the order holds now.</summary>
    public Standing Standing => new(
        _version, IsOpen ? _step : _closed, _held, _backordered,
        [.. _allocated.Select(a => new NodeUnits(a.Key, a.Value))]);

    /// <summary>The answer to one attempt at a step; <paramref name="twist"/> is the SKU's mood.</summary>
    public ClaimReply Answer(SkuCommand command, int twist)
    {
        var (step, status) = command switch
        {
            SkuCommand.Reserve c => (c.Step, Reserve(c, twist)),
            SkuCommand.Allocate c => (c.Step, Later(c.Step) ?? Allocate(c, twist)),
            SkuCommand.Return c => (c.Step, Later(c.Step) ?? Return(c)),
            SkuCommand.Release c => (c.Step, Later(c.Step) ?? Release(c)),
            SkuCommand.Ship c => (c.Step, Later(c.Step) ?? Ship(c)),
            SkuCommand.GetClaim c => (c.Step!.Value, ClaimStatus.Done),
            _ => throw new ArgumentException($"{command}", nameof(command)),
        };
        _answered = true;
        return new(status, step, Standing, Free(twist), twist % 4);
    }

    /// <summary>Some of the units that the order waits for are there; null when it waits for none.</summary>
    public Standing? Fill(int units)
    {
        if (_backordered == 0) return null;
        var filled = Math.Min(_backordered, 1 + units);
        (_held, _backordered) = (_held + filled, _backordered - filled);
        _version += 3;
        return Standing;
    }

    /// <summary>What nodes have free, as far as anybody knows.</summary>
    public static ImmutableArray<NodeUnits> Free(int twist) =>
        [.. Nodes.Where((_, i) => (twist + i) % 3 > 0).Select((node, i) => new NodeUnits(node, 1 + (twist + i) % 5))];

    ClaimStatus Reserve(SkuCommand.Reserve c, int twist)
    {
        Assert.True(c.Quantity > 0);
        if (_unknown) return ClaimStatus.UnknownSku;
        if (IsOpen && c.Step <= _step)
            return c.Step < _step || c.Quantity == _wanted ? ClaimStatus.AlreadyDone : ClaimStatus.DifferentContent;
        if (!IsOpen && c.Step <= _closed) return ClaimStatus.OrderClosed;
        if (!IsOpen && c.Step <= _refused) return ClaimStatus.TooOld;
        var missing = c.Quantity - Unallocated;
        if (missing <= 0) return ClaimStatus.AlreadyDone;
        _refused = c.Step;
        switch (IsCalm ? 0 : twist % 10)
        {
            case 0 or 1 or 2 or 3:
                return Hold(c, missing, 0);
            case 4:
                return Hold(c, missing / 2, missing - missing / 2);
            case 5 when c.Partial && missing > 1:
                return Hold(c, 1 + twist % (missing - 1), 0);
            case 6 when !IsOpen && _closed == 0:
                return ClaimStatus.TooOld;
            case 7 or 8:
                return ClaimStatus.Contended;
            case 9 when twist % 20 == 9:
                return ClaimStatus.NotOrderable;
            case 9 when !_answered:
                _unknown = true;
                return ClaimStatus.UnknownSku;
            default:
                return ClaimStatus.Insufficient;
        }
    }

    ClaimStatus Hold(SkuCommand.Reserve c, long held, long backordered)
    {
        (_held, _backordered, _wanted) = (_held + held, _backordered + backordered, c.Quantity);
        return Applied(c.Step);
    }

    ClaimStatus Allocate(SkuCommand.Allocate c, int twist)
    {
        Assert.True(c.Anywhere >= 0 && c.Picks.All(p => p.Units > 0) && c.Picks.Sum(p => p.Units) + c.Anywhere > 0);
        // A late attempt may have done it already, so that less is held than the order believes.
        if (c.Picks.Sum(p => p.Units) + c.Anywhere > _held) return ClaimStatus.MoreThanHeld;
        string[] nodes = c.Among.IsDefault ? Nodes : [.. Nodes.Intersect(c.Among)];
        if (c.Anywhere > 0 && nodes.Length == 0) return ClaimStatus.NodeShort;
        if (!IsCalm && (!c.Picks.IsEmpty || !c.Among.IsDefault) && twist % 3 == 0) return ClaimStatus.NodeShort;
        foreach (var (node, units) in c.Picks) Add(node, units);
        if (c.Anywhere > 0) Add(nodes[twist % nodes.Length], c.Anywhere);
        return Applied(c.Step);
    }

    ClaimStatus Return(SkuCommand.Return c)
    {
        Assert.True(!c.Picks.IsEmpty && c.Picks.All(p => p.Units > 0));
        Take(c.Picks);
        _held += c.Picks.Sum(p => p.Units);
        return Applied(c.Step);
    }

    void Add(string node, long units)
    {
        _allocated[node] = _allocated.GetValueOrDefault(node) + units;
        _held -= units;
    }

    ClaimStatus Release(SkuCommand.Release c)
    {
        Assert.True(c.Unallocated >= 0 && c.Picks.All(p => p.Units > 0) && (c.Unallocated > 0 || !c.Picks.IsEmpty));
        if (c.Unallocated > Unallocated) return ClaimStatus.MoreThanHeld;
        Take(c.Picks);
        var backordered = Math.Min(c.Unallocated, _backordered);
        (_backordered, _held) = (_backordered - backordered, _held - (c.Unallocated - backordered));
        return Applied(c.Step);
    }

    ClaimStatus Ship(SkuCommand.Ship c)
    {
        Assert.True(!c.Picks.IsEmpty && c.Picks.All(p => p.Units > 0));
        Take(c.Picks);
        foreach (var (node, units) in c.Picks) _shipped[node] = _shipped.GetValueOrDefault(node) + units;
        return Applied(c.Step);
    }

    /// <summary>Committed units are the order's until it says otherwise, so it must know what it has.</summary>
    void Take(ImmutableArray<NodeUnits> picks)
    {
        foreach (var (node, units) in picks)
        {
            var left = _allocated.GetValueOrDefault(node) - units;
            Assert.True(left >= 0, $"{units} at {node}, where {_allocated.GetValueOrDefault(node)} are committed");
            if (left == 0) _allocated.Remove(node);
            else _allocated[node] = left;
        }
    }

    ClaimStatus? Later(int step) => IsOpen
        ? step <= _step ? ClaimStatus.AlreadyDone : null
        : step <= _closed ? ClaimStatus.AlreadyDone : ClaimStatus.NothingHeld;

    ClaimStatus Applied(int step)
    {
        _step = step;
        if (!IsOpen) _closed = step;
        _version += 2;
        return ClaimStatus.Done;
    }
}
