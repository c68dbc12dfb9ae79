using Fulfillment.Composition;
using Fulfillment.Ordering;
using Fulfillment.Shipping;

namespace Fulfillment.Simulation;

/// <summary>
/// No unit is in two parcels with a label, and what is in one has not left otherwise. No label is bought twice, none
/// that was bought is unknown to its parcel, what nobody wants is void unless its carrier refuses, and nothing stays
/// unclear but what its carrier cannot tell. No label names another address than its order, or goods that are not
/// wanted.
/// </summary>
public sealed class Parcelled : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        CheckUnits(world, history);
        var known = 0;
        foreach (var (id, parcel) in history.States(ParcelCalls.Kind, ParcelJson.Default.Parcel))
        {
            foreach (var label in parcel.Sheet?.Labels ?? [])
            {
                var sold = world.Post.Find(label.Terms.Carrier, LabelDesk.KeyOf(id.Key, label.Number));
                if (sold is not null) known++;
                var isInDoubt = world.Post.IsInDoubt(
                    label.Terms.Carrier, LabelDesk.KeyOf(id.Key, label.Number));
                Label(world, $"label {label.Number} of {id}", label, sold, isInDoubt);
            }

            if (parcel.Sheet is { Cancelled: true, Label: { } kept })
                throw world.Broken($"{id} is not sent and has label {kept.Number}");
        }

        if (known != world.Post.Count)
            throw world.Broken($"carriers sold {world.Post.Count} labels, parcels know of {known}");
    }

    static void CheckUnits(World world, History history)
    {
        var parcels = history.States(ParcelCalls.Kind, ParcelJson.Default.Parcel)
            .Where(p => p.State.Sheet is not null).ToDictionary(p => p.Id, p => p.State.Sheet!);
        foreach (var (id, order) in history.Orders)
        {
            foreach (var held in order.Parcels.Where(p => !p.Lines.IsEmpty))
            {
                var sheet = parcels[id.Sibling(ParcelCalls.Kind, held.Parcel)];
                // Of one that its carrier cannot tell of it is still to be hoped.
                if (!(sheet.Labels[held.Label - 1] is { IsLive: true } or { IsComing: true })
                    || sheet.Leave is { LeftAt: not null })
                    throw world.Broken($"{id} keeps units for label {held.Label} of {held.Parcel}, which has none");
            }

            foreach (var unwanted in order.Placed is null ? [] : order.Unwanted)
            {
                var sheet = parcels[id.Sibling(ParcelCalls.Kind, unwanted.Parcel)];
                var isKnown = !sheet.Cases.IsDefault && sheet.Cases.Any(
                    k => k.Reason == CaseReason.Stopped && k.Label == unwanted.Label);
                // Who has taken it to its end has nothing to be stopped.
                if (!isKnown && !(sheet.Progress is { } p && ParcelProgress.IsFinal(p.Reached)))
                    throw world.Broken($"{id} does not want label {unwanted.Label} of {unwanted.Parcel}, which has it");
            }

            foreach (var f in order.Fulfilments)
                foreach (var line in f.Lines)
                    if (order.Parcels.Sum(p => p.Of(f.Number, line.Line)) > line.Quantity - line.Shipped)
                        throw world.Broken($"line {line.Line} of {id}/{f.Number} is in two parcels, or left twice");
        }

        foreach (var (id, sheet) in parcels)
        {
            if (sheet is not { Label: { } label, Leave: null or { LeftAt: null } }) continue;
            var order = history.Orders.First(o => o.Id == id.Sibling(OrderingCalls.Kind, sheet.Terms.Order)).State;
            if (!order.Parcels.Any(p => p.Parcel == id.Name && p.Label == label.Number
                && p.Fulfilment == sheet.Terms.Fulfilment && p.Lines.SequenceEqual(sheet.Terms.Lines)))
                throw world.Broken($"{id} has label {label.Number}, and its order does not know");
        }
    }

    static void Label(World world, string name, ParcelLabelStep label, Post.Sold? sold, bool isInDoubt)
    {
        if (sold?.Times > 1) throw world.Broken($"{name} was bought {sold.Times} times");
        var fits = label.State switch
        {
            LabelState.Bought => label.Wanted && sold is { IsVoid: false },
            LabelState.Refused => sold is null,
            LabelState.Void => sold is { IsVoid: true },
            LabelState.NotVoided => sold is { IsVoid: false, IsKept: true },
            LabelState.Unclear => sold is null && isInDoubt,
            LabelState.Checking or LabelState.Asked or LabelState.Voiding => false,
        };
        if (!fits)
            throw world.Broken($"{name} is {label.State} (wanted: {label.Wanted}), its carrier has sold "
                + (sold is null ? "none" : sold.IsVoid ? "one that is void" : "one"));
    }
}
