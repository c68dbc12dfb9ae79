using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Fulfillment.Catalog;

namespace Fulfillment.Views;

/// <summary>
/// Which compliance rules hold for a seller at an instant; in memory too, for the router asks at every order, and few
/// sellers have any. Where another process <paramref name="writes"/> the views, they are read again every second, as
/// far as they have changed.
/// </summary>
public sealed class ComplianceView(ViewDatabase database, bool writes = true) : IView
{
    readonly ConcurrentDictionary<string, (long Version, ComplianceBook Book)> _books = new(StringComparer.Ordinal);
    readonly HashSet<string> _changed = [];
    readonly Reading _reading = new();

    string IView.Tables =>
        "create table compliance_books(seller text primary key, version bigint not null, book text not null)";

    /// <summary>The rules that hold for the seller then; none where nobody has made any.</summary>
    public ImmutableArray<ComplianceRule> At(string seller, DateTimeOffset at)
    {
        if (!writes) _reading.EachSecond(Load);
        if (!_books.TryGetValue(seller, out var known)) return [];
        var turn = known.Book.Turns.LastOrDefault(t => t.From <= at);
        return turn is { Version: > 0 } ? known.Book.Versions[turn.Version - 1].Rules : [];
    }

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not ComplianceEvent happened) return;
        var seller = fact.Entity.Seller;
        var book = _books.TryGetValue(seller, out var known) ? known.Book : ComplianceBook.Initial;
        _books[seller] = (fact.Version, ComplianceBook.Evolve(book, happened));
        _changed.Add(seller);
    }

    void IView.Flush(SqlWriter writer)
    {
        foreach (var seller in _changed)
        {
            writer.Run(
                "insert into compliance_books(seller, version, book) values($1, $2, $3) "
                + "on conflict (seller) do update set version = excluded.version, book = excluded.book",
                seller, _books[seller].Version,
                JsonSerializer.Serialize(_books[seller].Book, ComplianceJson.Default.ComplianceBook));
        }

        _changed.Clear();
    }

    /// <summary>What was not written is read again with the rest: the books are ahead of it.</summary>
    void IView.Forget()
    {
        if (_changed.Count == 0) return;
        _changed.Clear();
        _books.Clear();
        Load();
    }

    /// <summary>Reads what is in the database and not known yet.</summary>
    internal void Load()
    {
        var changed = database.Query<Stored>("select seller as Seller, version as Version from compliance_books")
            .Where(r => !_books.TryGetValue(r.Seller, out var known) || known.Version != r.Version).ToList();
        foreach (var row in changed)
        {
            var text = database.Query<string>(
                "select book from compliance_books where seller = @Seller", new { row.Seller }).Single();
            _books[row.Seller] = (
                row.Version, JsonSerializer.Deserialize(text, ComplianceJson.Default.ComplianceBook)!);
        }
    }

    sealed class Stored
    {
        public string Seller { get; init; } = "";

        public long Version { get; init; }
    }
}
