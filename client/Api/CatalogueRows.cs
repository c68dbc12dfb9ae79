using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using CsvHelper;

namespace Fulfillment.Client.Api;

/// <summary>
/// A row of a catalogue's file: the line on which it begins, and its SKU as JSON, or why it is none. <c>Columns</c>:
/// the names of its fields, null where they are JSON pointers. <c>IsLast</c>: what follows cannot be read.
/// </summary>
sealed record CatalogueRow(
    long Line, byte[]? Json, Problem? Problem = null, CatalogueColumns? Columns = null, bool IsLast = false);

/// <summary>Reads a catalogue's file row by row, however long it is.</summary>
static class CatalogueRows
{
    const int MaxRow = 1 << 20;

    /// <summary>What the media types of the files are.</summary>
    public const string Csv = "text/csv", Json = "application/x-ndjson";

    /// <summary>Rows of JSON, a line each.</summary>
    public static async IAsyncEnumerable<CatalogueRow> OfLines(
        PipeReader body, [EnumeratorCancellation] CancellationToken cancel)
    {
        long number = 0;
        await foreach (var line in LineStream.Lines(body, MaxRow, cancel))
        {
            number++;
            if (!LineStream.IsBlank(line))
                yield return line is null ? new(number, null, TooLarge) : new CatalogueRow(number, line);
        }
    }

    /// <summary>Rows of CSV (RFC 4180) in UTF-8. Throws when its header is none.</summary>
    public static async Task<IAsyncEnumerable<CatalogueRow>> OfCsv(Stream body, CancellationToken cancel)
    {
        var malformed = false;
        var reader = CsvReader.Create(body, new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            DetectSeparatorHint = false,
            AllowLineBreaksInQuotes = true,
            SkipEmptyLines = true,
            TrackLineNumbers = true,
            MaxRecordSize = MaxRow,
            OnMalformedRecord = _ => malformed = true,
        }, leaveOpen: true);
        return Rows(reader, await Header(reader, cancel), () =>
        {
            var was = malformed;
            malformed = false;
            return was;
        }, cancel);
    }

    static Problem TooLarge { get; } =
        new(413, "too-large", "The row is too long.", $"A row may have at most {MaxRow} bytes.");

    static async Task<CatalogueColumns> Header(CsvReader reader, CancellationToken cancel)
    {
        try
        {
            if (!await reader.ReadAsync(cancel)) throw CatalogueColumns.Refuse("header", "required", "is missing");
        }
        catch (CsvFormatException)
        {
            throw CatalogueColumns.Refuse("header", "malformed-csv", "is no line of CSV");
        }

        if (reader.RawRecord.Contains((byte)0) || !Utf8.IsValid(reader.RawRecord))
            throw CatalogueColumns.Refuse("header", "bad-encoding", "is not text in UTF-8: save the file as CSV UTF-8");
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToArray();
        names[0] = names[0].TrimStart('\uFEFF');
        return CatalogueColumns.Read([.. names.Select(CatalogueColumns.Name)]);
    }

    static async IAsyncEnumerable<CatalogueRow> Rows(
        CsvReader reader, CatalogueColumns columns, Func<bool> malformed,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var owned = reader;
        for (long before = 1; ; before = reader.LineNumber)
        {
            CatalogueRow? broken = null;
            try
            {
                if (!await reader.ReadAsync(cancel)) yield break;
            }
            catch (CsvFormatException e)
            {
                // A quote that is never closed makes one row of all that follows.
                broken = new(Math.Max(before, e.LineNumber), null,
                    Problem.Invalid("", "malformed-csv", "begins a row that does not end: is a quote not closed?"),
                    columns, IsLast: true);
            }

            if (broken is not null)
            {
                yield return broken;
                yield break;
            }

            yield return Row(reader, columns, malformed());
        }
    }

    static CatalogueRow Row(CsvReader reader, CatalogueColumns columns, bool isMalformed)
    {
        var line = reader.LineNumber;
        CatalogueRow Refuse(string code, string detail) => new(line, null, Problem.Invalid("", code, detail), columns);

        if (!Utf8.IsValid(reader.RawRecord))
            return Refuse("bad-encoding", "is not text in UTF-8: save the file as CSV UTF-8");
        if (isMalformed) return Refuse("malformed-csv", "has a quote where none may be (RFC 4180, section 2)");
        if (reader.FieldCount != columns.Count)
            return Refuse("field-count", $"has {reader.FieldCount} fields, and the header names {columns.Count}");
        return new(line, columns.Patch(reader.GetString), Columns: columns);
    }
}
