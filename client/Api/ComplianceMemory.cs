using System.Collections.Concurrent;
using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>
/// The compliance rules that hold for each seller, known for a second: every order goes by them, and few sellers have
/// any.
/// </summary>
public sealed class ComplianceMemory
{
    const int MostSellers = 1_000;
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, (long At, ImmutableArray<ComplianceRule> Rules)> _known = new();

    /// <summary>They have changed.</summary>
    public void Forget(string seller) => _known.TryRemove(seller, out _);

    /// <summary>The lines whose goods may not be sold there: the field, and the rule.</summary>
    public async ValueTask<IReadOnlyList<FieldError>> Refused(
        Seat seat, OrderIntake.Draft order, CancellationToken cancel)
    {
        var rules = await Of(seat, cancel);
        if (rules.IsEmpty) return [];
        var cards = await LiveStock.Of(seat, order.Lines.Select(l => l.Sku), cancel);
        List<FieldError> refused = [];
        for (var i = 0; i < order.Lines.Length; i++)
        {
            if (cards[order.Lines[i].Sku].Card is not { } card) continue;
            foreach (var v in ComplianceCheck.Of(
                rules, order.Lines[i].Sku, card, order.Channel, null, order.ShipTo?.Country))
                refused.Add(new($"/lines/{i}/sku", "prohibited", $"{v.Text} (rule {v.Rule})"));
        }

        return refused;
    }

    /// <summary>The rules that an order can be refused by.</summary>
    async ValueTask<ImmutableArray<ComplianceRule>> Of(Seat seat, CancellationToken cancel)
    {
        if (_known.TryGetValue(seat.Seller, out var known)
            && System.Diagnostics.Stopwatch.GetElapsedTime(known.At) < Fresh) return known.Rules;
        var at = System.Diagnostics.Stopwatch.GetTimestamp();
        var reply = await seat.ComplianceBook().Get(cancel: cancel);
        ImmutableArray<ComplianceRule> rules = [.. reply.Rules.Where(r => r.Kind == ComplianceKind.Prohibited)];
        if (_known.Count >= MostSellers) _known.Clear();
        _known[seat.Seller] = (at, rules);
        return rules;
    }
}
