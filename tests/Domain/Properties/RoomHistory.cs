using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// A random history of the room of one node: five orders that state what they want, often again and often late, while
/// its capacity changes, it goes offline and comes back, and days go by. Keeps its own books from the answers alone.
/// </summary>
sealed class RoomHistory
{
    const int Orders = 5, Horizon = 6;

    readonly Twins<Node, NodeCommand, NodeEvent> _node = new(Nodes.Self);
    readonly Dictionary<string, (int Step, ImmutableArray<DayRoom> Days)> _granted = [];
    readonly List<NodeCommand.ClaimRoom> _told = [];
    readonly HashSet<string> _seen = [];
    DateTimeOffset _now = Product.Start;
    int? _capacity = 3;

    /// <summary>Everything that was answered and that happened.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    DateOnly Today => DateOnly.FromDateTime(_now.UtcDateTime);

    /// <summary>Plays a script.</summary>
    public void Play(IReadOnlyList<Step> script)
    {
        Run(new NodeCommand.Define(Nodes.Leipzig(_capacity)));
        foreach (var step in script)
        {
            if (step.Twist % 7 == 0) _node.Restart();
            if (step.Twist % 11 == 0) _now = _now.AddHours(step.Units % 4 == 0 ? 24 * (step.Who % 20) : 5);
            Play(step);
        }

        _node.CheckReplay();
        foreach (var happened in _node.Happened) _seen.Add(happened);
    }

    void Play(Step s)
    {
        switch (s.What % 12)
        {
            case 0:
                _capacity = s.Units % 6 == 5 ? null : s.Units % 6;
                Run(new NodeCommand.Define(Nodes.Leipzig(_capacity)));
                break;
            case 1:
                Run(s.Units % 2 == 0 ? new NodeCommand.TakeOffline("r", "b") : new NodeCommand.BringOnline("r", "b"));
                break;
            case 2 or 3 when _told.Count > 0:
                Claim(_told[^(1 + s.Who % Math.Min(_told.Count, 8))]);
                break;
            default:
                NodeCommand.ClaimRoom claim = new(
                    $"default/o-{s.Who % Orders}", Steps(s) + 1, Days(s));
                _told.Add(claim);
                Claim(claim);
                break;
        }
    }

    int Steps(Step s) => _granted.GetValueOrDefault($"default/o-{s.Who % Orders}").Step + s.Twist % 2;

    /// <summary>Nothing, or up to three days from yesterday on, ascending; some as the order has them.</summary>
    ImmutableArray<DayRoom> Days(Step s)
    {
        if (s.Twist % 5 == 4) return [];
        var had = _granted.GetValueOrDefault($"default/o-{s.Who % Orders}").Days;
        SortedDictionary<DateOnly, int> days = [];
        if (!had.IsDefault && s.Twist % 3 == 0)
            foreach (var (day, count) in had) days[day] = count;
        for (var i = 0; i <= s.Units % 3; i++)
            days[Today.AddDays((s.Twist + i * s.What) % Horizon - 2)] = 1 + (s.Units + i) % 3;
        return [.. days.Select(d => new DayRoom(d.Key, d.Value))];
    }

    void Claim(NodeCommand.ClaimRoom claim)
    {
        var before = _node.State.Used;
        var (reply, events, _) = Run(claim);
        var status = Assert.IsType<RoomReply>(reply).Status;
        _seen.Add($"{nameof(RoomStatus)}.{status}");
        Assert.Equal(claim.Step, ((RoomReply)reply).Step);
        if (events.Count > 0)
        {
            Assert.Equal(RoomStatus.Granted, status);
            CheckRoom(before, claim);
            _granted[claim.Order] = (claim.Step, claim.Days);
            Assert.Empty(Run(claim).Events);
        }
        else
        {
            Assert.True(status != RoomStatus.Granted || _granted[claim.Order].Step == claim.Step, $"{claim}");
        }

        CheckBooks();
    }

    /// <summary>Where the claim made a day fuller that is not over, the node works, and it can do that much.</summary>
    void CheckRoom(IReadOnlyDictionary<DateOnly, int> before, NodeCommand.ClaimRoom claim)
    {
        foreach (var (day, _) in claim.Days)
        {
            var used = _node.State.Used.GetValueOrDefault(day);
            if (used <= before.GetValueOrDefault(day) || day < Today.AddDays(-1)) continue;
            Assert.Null(_node.State.Offline);
            Assert.True(_capacity is null || used <= _capacity, $"{used} on {day}, where {_capacity} can be done");
        }
    }

    /// <summary>What is used of a day is what the orders were granted on it, as long as anybody may ask.</summary>
    void CheckBooks()
    {
        var sums = _granted.Values.SelectMany(g => g.Days).Where(d => d.Day >= Today.AddDays(-Node.RememberedDays))
            .GroupBy(d => d.Day).ToDictionary(g => g.Key, g => g.Sum(d => d.Count));
        Assert.Equal(
            sums.OrderBy(s => s.Key), _node.State.Used.Where(u => u.Key >= Today.AddDays(-Node.RememberedDays)));
    }

    (object? Reply, IReadOnlyList<NodeEvent> Events, List<Send> Sends) Run(NodeCommand command) =>
        _node.Run(command, _now);
}
