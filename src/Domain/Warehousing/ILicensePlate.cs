namespace Fulfillment.Warehousing;

/// <summary>A tote, carton or pallet as callers see it: <c>seat.Plate("340123450000000014").Get()</c>.</summary>
public interface ILicensePlate
{
    /// <summary>
    /// Registers or changes it. Statuses in the order tested: <see cref="PlateReplyStatus"/>. Repeatable.
    /// </summary>
    ValueTask<PlateReply> Change(ICommand<PlateReply> change, CancellationToken cancel = default);

    /// <summary>Whether units of a SKU may be put on. Statuses: <see cref="PlateAdmission"/>.</summary>
    ValueTask<PlateAdmitReply> Admit(LicensePlateCommand.Admit ask, CancellationToken cancel = default);

    /// <summary>It now; its <c>Plate</c> is null when nobody registered it.</summary>
    ValueTask<PlateReply> Get(CancellationToken cancel = default);

    /// <summary>It, once all that is on it is where it is.</summary>
    ValueTask<PlateReply> Settled(CancellationToken cancel = default);
}

/// <summary>How callers reach a carrier.</summary>
public static class PlateCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "lpn";

    extension(Seat seat)
    {
        /// <summary>A tote, carton or pallet with goods of the seller.</summary>
        public ILicensePlate Plate(string lpn) => new Caller(seat, EntityId.Of(Kind, seat.Seller, lpn));
    }

    sealed class Caller(Seat seat, EntityId at) : ILicensePlate
    {
        public ValueTask<PlateReply> Change(ICommand<PlateReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<PlateAdmitReply> Admit(LicensePlateCommand.Admit ask, CancellationToken cancel) =>
            seat.Cluster.Ask(at, ask, seat.Origin, cancel);

        public ValueTask<PlateReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new LicensePlateCommand.Get(), seat.Origin, cancel);

        public ValueTask<PlateReply> Settled(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new LicensePlateCommand.GetSettled(), seat.Origin, cancel);
    }
}
