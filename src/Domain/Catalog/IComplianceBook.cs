namespace Fulfillment.Catalog;

/// <summary>A seller's compliance rules as callers see them: <c>seat.ComplianceBook().Get()</c>.</summary>
public interface IComplianceBook
{
    /// <summary>Any change. Statuses: <see cref="ComplianceStatus"/>. Repeatable, as all.</summary>
    ValueTask<ComplianceReply> Change(ICommand<ComplianceReply> change, CancellationToken cancel = default);

    /// <summary>What holds now; or a version.</summary>
    ValueTask<ComplianceReply> Get(int? version = null, CancellationToken cancel = default);
}

/// <summary>How callers reach a seller's compliance rules.</summary>
public static class ComplianceCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "compliance-rules";

    /// <summary>A seller has one book.</summary>
    public const string Name = "book";

    extension(Seat seat)
    {
        /// <summary>The compliance rules of the seat's seller.</summary>
        public IComplianceBook ComplianceBook() => new Caller(seat, EntityId.Of(Kind, seat.Seller, Name));
    }

    sealed class Caller(Seat seat, EntityId at) : IComplianceBook
    {
        public ValueTask<ComplianceReply> Change(ICommand<ComplianceReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<ComplianceReply> Get(int? version, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new ComplianceCommand.Get(version), seat.Origin, cancel);
    }
}
