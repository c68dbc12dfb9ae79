namespace Fulfillment.Picking;

/// <summary>Moves of orders between two tours.</summary>
sealed partial class BatchSearch
{
    /// <summary>Until no move between an open tour and any other makes both shorter together.</summary>
    void Settle(IEnumerable<Batch> open)
    {
        _open.Clear();
        foreach (var batch in open) _open.Enqueue(batch);
        while (_measured < mostMeasured && _open.TryDequeue(out var batch))
        {
            if (!Holds(batch)) continue;
            foreach (var other in _batches)
            {
                if (ReferenceEquals(batch, other) || Better(batch, other) is not var (a, b)) continue;
                Replace(batch, other, a, b);
                break;
            }
        }
    }

    bool Holds(Batch batch) => _batches.Exists(b => ReferenceEquals(b, batch));

    void Replace(Batch batch, Batch other, Batch? a, Batch? b)
    {
        _batches.RemoveAll(x => ReferenceEquals(x, batch) || ReferenceEquals(x, other));
        foreach (var changed in (Batch?[])[a, b])
        {
            if (changed is null) continue;
            _batches.Add(changed);
            _open.Enqueue(changed);
        }
    }

    /// <summary>The two after the first move found that helps; a tour that lost its only order is null.</summary>
    (Batch?, Batch?)? Better(Batch a, Batch b)
    {
        var together = a.Length + b.Length;
        foreach (var order in a.Orders)
            if (Fits(b, order, null) && Changed(a, b, order, null) is var (x, y) && Sum(x, y) < together) return (x, y);
        foreach (var order in b.Orders)
            if (Fits(a, order, null) && Changed(a, b, null, order) is var (x, y) && Sum(x, y) < together) return (x, y);
        foreach (var order in a.Orders)
        {
            foreach (var other in b.Orders)
            {
                if (!Fits(b, order, other) || !Fits(a, other, order)) continue;
                if (Changed(a, b, order, other) is var (x, y) && Sum(x, y) < together) return (x, y);
            }
        }

        return null;
    }

    static long Sum(Batch? a, Batch? b) => (a?.Length ?? 0) + (b?.Length ?? 0);

    bool Fits(Batch batch, int comes, int? goes) => room.Has(
        batch.Load + TourLoad.Of(orders[comes]) - (goes is { } g ? TourLoad.Of(orders[g]) : default));

    (Batch?, Batch?) Changed(Batch a, Batch b, int? toB, int? toA) => (Changed(a, toB, toA), Changed(b, toA, toB));

    Batch? Changed(Batch batch, int? goes, int? comes)
    {
        var members = batch.Orders.Where(o => o != goes);
        if (comes is { } order) members = members.Append(order);
        return batch.Orders.Length == 1 && goes is not null && comes is null ? null : Of(members);
    }

    /// <summary>Swaps or moves some orders between tours, whatever it costs; those tours.</summary>
    HashSet<Batch> Throw()
    {
        HashSet<Batch> changed = new(ReferenceEqualityComparer.Instance);
        for (var times = 0; times < Thrown; times++)
        {
            var (a, b) = (_batches[_chance.Below(_batches.Count)], _batches[_chance.Below(_batches.Count)]);
            if (ReferenceEquals(a, b)) continue;
            var (order, other) = (a.Orders[_chance.Below(a.Orders.Length)], b.Orders[_chance.Below(b.Orders.Length)]);
            var isMove = Fits(b, order, null) && _chance.Below(2) == 0;
            if (!isMove && !(Fits(b, order, other) && Fits(a, other, order))) continue;
            var (x, y) = Changed(a, b, order, isMove ? null : other);
            _batches.RemoveAll(t => ReferenceEquals(t, a) || ReferenceEquals(t, b));
            changed.Remove(a);
            changed.Remove(b);
            foreach (var batch in (Batch?[])[x, y])
            {
                if (batch is null) continue;
                _batches.Add(batch);
                changed.Add(batch);
            }
        }

        return changed;
    }
}
