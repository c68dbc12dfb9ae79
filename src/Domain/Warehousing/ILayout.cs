namespace Fulfillment.Warehousing;

/// <summary>The layout of a node as callers see it: <c>seat.Layout("LEJ1").Plan()</c>.</summary>
public interface ILayout
{
    /// <summary>Makes a change. Statuses in the order tested: <see cref="LayoutStatus"/>. Repeatable.</summary>
    ValueTask<LayoutReply> Change(ICommand<LayoutReply> change, CancellationToken cancel = default);

    /// <summary>Whether units may be put into the bins. Statuses: <see cref="BinAdmission"/>.</summary>
    ValueTask<AdmitReply> Admit(IEnumerable<string> bins, CancellationToken cancel = default);

    /// <summary>The bin now; null in the reply when there is none.</summary>
    ValueTask<LayoutReply> Bin(string bin, CancellationToken cancel = default);

    /// <summary>Zones and aisles.</summary>
    ValueTask<LayoutPlan> Plan(CancellationToken cancel = default);

    /// <summary>Zones and aisles, and where these bins are.</summary>
    ValueTask<LayoutFloor> Floor(IEnumerable<string> bins, CancellationToken cancel = default);
}

/// <summary>How callers reach a layout.</summary>
public static class LayoutCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "layout";

    extension(Seat seat)
    {
        /// <summary>The layout of a node; like the node it is the operator's.</summary>
        public ILayout Layout(string node) => new Caller(seat, new(Kind, node));
    }

    sealed class Caller(Seat seat, EntityId at) : ILayout
    {
        public ValueTask<LayoutReply> Change(ICommand<LayoutReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<AdmitReply> Admit(IEnumerable<string> bins, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new LayoutCommand.Admit([.. bins]), seat.Origin, cancel);

        public ValueTask<LayoutReply> Bin(string bin, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new LayoutCommand.GetBin(bin), seat.Origin, cancel);

        public ValueTask<LayoutPlan> Plan(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new LayoutCommand.GetPlan(), seat.Origin, cancel);

        public ValueTask<LayoutFloor> Floor(IEnumerable<string> bins, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new LayoutCommand.GetFloor([.. bins]), seat.Origin, cancel);
    }
}
