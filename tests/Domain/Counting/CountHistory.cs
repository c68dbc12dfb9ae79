using Fulfillment.Counting;
using Fulfillment.Inventory;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// A node where people receive, pick, put back, carry and ship while others count. The bins have as many units as the
/// books say and a planted error; whatever people do, they do to both.
/// </summary>
sealed class CountHistory
{
    static readonly string[] Bins = ["B1", "B2", "B3"];

    readonly Given<Sku, SkuCommand, SkuEvent> _sku;
    readonly Given<CycleCount, CountCommand, CountEvent> _count;
    readonly Dictionary<string, long> _there = [];
    readonly List<Send> _sends = [];
    readonly HashSet<string> _scanned = [];
    int _next, _picked, _step = 2;

    CountHistory(IReadOnlyList<int> errors)
    {
        List<SkuEvent> given = [Stock.Defined()];
        for (var i = 0; i < Bins.Length; i++)
        {
            given.Add(new SkuEvent.StockReceived(
                $"r{i}", "N1", StockState.Available, 20, "delivery", 20 * (i + 1), null, new(Bins[i])));
            _there[Bins[i]] = 20 + errors[i];
        }

        _sku = Stock.Given([.. given, Stock.Reserved("o", 1, 15, 45), Stock.Allocated("o", 2, 45, Stock.N1(15))]);
        _count = new(EntityId.Of("count", "default", "C"), Product.Start, new CountEvent.CountOpened(
            new("N1", [.. Bins], [], CountReason.Abc, new(1_000), []), Product.Start));
    }

    CountSheet Sheet => _count.State.Sheet!;

    /// <summary>Plays; the corrections are what was planted, and in the end the books are right.</summary>
    public static void Play(IReadOnlyList<Step> script)
    {
        int[] errors = [.. Bins.Select((_, i) => i < script.Count ? (script[i].Twist % 11) - 5 : 0)];
        CountHistory history = new(errors);
        foreach (var step in script) history.Do(step);
        history.Finish();
        Assert.Equal(errors.Sum(), history.Sheet.Lines.Sum(l => l.Posted));
        foreach (var bin in Bins) Assert.Equal(history._there[bin], history.InBooks(bin));
    }

    long InBooks(string bin) => Judged(bin, 0).Expected;

    void Do(Step step)
    {
        var (bin, units) = (Bins[step.Who % Bins.Length], (step.Units % 5) + 1);
        switch (step.What % 8)
        {
            case 0:
                Move(bin, units, new SkuCommand.Receive(
                    Id(), "N1", units, "delivery", StockState.Available, null, new(bin)));
                break;
            case 1 when _there[bin] >= units:
                if (Move(bin, -units, new SkuCommand.Pick(Id(), "o", "N1", units, new(bin), "T"))) _picked += units;
                break;
            case 2 when _picked >= units:
                if (Move(bin, units, new SkuCommand.Unpick(Id(), "o", "N1", units, null, bin))) _picked -= units;
                break;
            case 3 when _there[bin] >= units:
                var to = Bins[(step.Who + 1) % Bins.Length];
                if (Move(bin, -units, new SkuCommand.Move(Id(), "N1", units, StockState.Available,
                    StockState.Available, "carried", new(bin), to, null, true))) _there[to] += units;
                break;
            case 4 when _picked >= units:
                if (_sku.When(new SkuCommand.Ship("o", ++_step, [Stock.N1(units)])).Events.Count > 0) _picked -= units;
                break;
            case 5:
                Scan(bin);
                break;
            case 6 when _scanned.Contains(bin):
                Close(bin);
                break;
            case 7:
                Deliver();
                break;
        }
    }

    string Id() => $"x{_next++}";

    /// <summary>Something that the books may refuse; then nobody does it.</summary>
    bool Move(string bin, int units, SkuCommand movement)
    {
        if (_sku.When(movement).Events.Count == 0) return false;
        _there[bin] += units;
        return true;
    }

    Judgement Judged(string bin, long units)
    {
        Tally tally = new("N1", bin, null, null, units);
        return Judgement.Of("ABC-1", tally, (JudgeReply)_sku.Ask(new SkuCommand.JudgeCount(tally))!);
    }

    void Scan(string bin)
    {
        Ask(new CountCommand.Scan(Id(), "anna", _count.State.Version, Judged(bin, _there[bin])));
        _scanned.Add(bin);
    }

    void Close(string bin) => Ask(new CountCommand.Finish(Id(), "anna", _count.State.Version, bin, []));

    void Ask(CountCommand command)
    {
        _count.When(command);
        _sends.AddRange(_count.Sends);
    }

    /// <summary>The SKU is asked, and the count told; now and then twice.</summary>
    void Deliver()
    {
        foreach (var send in _sends.ToList())
        {
            if (_next++ % 4 > 0) _sends.Remove(send);
            _sku.When((SkuCommand)send.Command);
            _count.When(CycleCount.OnReply(send, _sku.Reply!)!);
        }
    }

    /// <summary>What was refused as units lay elsewhere meanwhile is counted again.</summary>
    void Finish()
    {
        for (var round = 0; round < 8; round++)
        {
            Deliver();
            if (Sheet.Lines.Any(l => l.State == LineState.Refused)) Ask(new CountCommand.Recount(Id(), "carl", []));
            foreach (var place in Sheet.Places.Where(p => !p.Finished))
            {
                Scan(place.Bin!);
                Close(place.Bin!);
            }
        }

        Assert.Equal(CountState.Closed, Sheet.State);
    }
}

/// <summary>Whatever happens while somebody counts, only what was wrong is corrected.</summary>
public sealed class CountProperties
{
    [Fact]
    public void Corrections_are_what_was_planted_whatever_moves_before_between_and_after_the_scans() =>
        Script.ForAll(200, 60, CountHistory.Play);
}
