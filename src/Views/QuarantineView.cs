using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Intake;

namespace Fulfillment.Views;

/// <summary>A quarantined message in a list. <c>At</c>: ms since 1970.</summary>
public sealed record QuarantineRow(
    string Id, string Source, string Status, ImmutableArray<Defect> Defects, string? Result, long At, long Position);

/// <summary>Messages that could not be taken in, newest first.</summary>
public sealed class QuarantineView(ViewDatabase database) : IView
{
    readonly List<Action<SqlWriter>> _changes = [];

    string IView.Tables =>
        """
        create table quarantine(
            seller text not null, id text not null, source text not null, status text not null, defects text not null,
            result text, at bigint not null, position bigint not null, primary key (seller, id)) {clustered};
        create index quarantine_by_age on quarantine(seller, position)
        """;

    void IView.Apply(Fact fact)
    {
        if (fact.Event is QuarantineEvent happened) Apply(fact, happened, fact.Entity.Seller, fact.Entity.Name);
    }

    void Apply(Fact fact, QuarantineEvent happened, string seller, string id)
    {
        switch (happened)
        {
            case QuarantineEvent.MessageQuarantined e:
                var defects = JsonSerializer.Serialize(e.Defects, DefectsJson.Default.ImmutableArrayDefect);
                _changes.Add(w => w.Run(
                    "insert into quarantine(seller, id, source, status, defects, result, at, position) "
                    + "values($1, $2, $3, 'open', $4, null, $5, $6) on conflict do nothing",
                    seller, id, e.Source, defects, fact.At.ToUnixTimeMilliseconds(), fact.Position));
                break;
            case QuarantineEvent.MessageReplayed e:
                _changes.Add(w => Close(w, seller, id, "replayed", e.Result));
                break;
            case QuarantineEvent.MessageDiscarded e:
                _changes.Add(w => Close(w, seller, id, "discarded", e.Reason));
                break;
        }
    }

    void IView.Flush(SqlWriter writer)
    {
        foreach (var change in _changes) change(writer);
        _changes.Clear();
    }

    void IView.Forget() => _changes.Clear();

    /// <summary>Messages of a seller, newest first; of all statuses where null.</summary>
    public Page<QuarantineRow> List(string seller, string? status, string? before, int limit)
    {
        var filter = status is null ? "" : " and status = @status";
        var rows = database.Query<Stored>(
            "select id as Id, source as Source, status as Status, defects as Defects, result as Result, at as At, "
            + $"position as Position from quarantine where seller = @seller and position < @before{filter} "
            + "order by position desc limit @count",
            new { seller, status, before = Cursor.Read(before), count = limit + 1 });
        return Cursor.Page(
            [.. rows.Select(r => new QuarantineRow(
                r.Id, r.Source, r.Status,
                JsonSerializer.Deserialize(r.Defects, DefectsJson.Default.ImmutableArrayDefect),
                r.Result, r.At, r.Position))],
            limit, r => r.Position);
    }

    static void Close(SqlWriter writer, string seller, string id, string status, string result) => writer.Run(
        "update quarantine set status = $1, result = $2 where seller = $3 and id = $4", status, result, seller, id);

    sealed class Stored
    {
        public string Id { get; init; } = "";

        public string Source { get; init; } = "";

        public string Status { get; init; } = "";

        public string Defects { get; init; } = "";

        public string? Result { get; init; }

        public long At { get; init; }

        public long Position { get; init; }
    }
}

/// <summary>How defects are written into their row.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImmutableArray<Defect>))]
sealed partial class DefectsJson : JsonSerializerContext;
