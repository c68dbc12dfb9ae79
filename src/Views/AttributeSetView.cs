using Fulfillment.Catalog;

namespace Fulfillment.Views;

/// <summary>An attribute set in a list: its latest version.</summary>
public sealed record AttributeSetRow(string Id, int Version, string Title, int Attributes);

/// <summary>Attribute sets by id.</summary>
public sealed class AttributeSetView(ViewDatabase database) : IView
{
    readonly List<(EntityId Set, AttributeSetEvent.AttributeSetWritten Written)> _written = [];

    string IView.Tables =>
        """
        create table attribute_sets(
            seller text not null, id text not null, version int not null, title text not null, attributes int not null,
            primary key (seller, id)) {clustered}
        """;

    /// <summary>Sets of a seller by id. <paramref name="after"/>: the last id of the page before.</summary>
    public Page<AttributeSetRow> List(string seller, string? after, int limit)
    {
        var rows = database.Query<Stored>(
            "select id as Id, version as Version, title as Title, attributes as Attributes from attribute_sets "
            + "where seller = @seller and id > @after order by id limit @count",
            new { seller, after = after ?? "", count = limit + 1 });
        return new(
            [.. rows.Take(limit).Select(r => new AttributeSetRow(r.Id, r.Version, r.Title, r.Attributes))],
            rows.Count > limit ? rows[limit - 1].Id : null);
    }

    void IView.Apply(Fact fact)
    {
        if (fact.Event is AttributeSetEvent.AttributeSetWritten e) _written.Add((fact.Entity, e));
    }

    void IView.Flush(SqlWriter writer)
    {
        foreach (var (set, e) in _written)
        {
            writer.Run(
                "insert into attribute_sets(seller, id, version, title, attributes) values($1, $2, $3, $4, $5) "
                + "on conflict (seller, id) do update set version = excluded.version, title = excluded.title, "
                + "attributes = excluded.attributes",
                set.Seller, set.Name, e.Version, e.Terms.Title, e.Terms.Attributes.Length);
        }

        _written.Clear();
    }

    void IView.Forget() => _written.Clear();

    sealed class Stored
    {
        public string Id { get; init; } = "";

        public int Version { get; init; }

        public string Title { get; init; } = "";

        public int Attributes { get; init; }
    }
}
