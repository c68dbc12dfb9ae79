using System.Text;
using CsvHelper;
using Fulfillment.Client.Commands;

namespace Fulfillment.Client.Import;

/// <summary>
/// Reads a history, line by line. One record is one line, so that a quote that is never closed costs one line and not
/// the rest of the file. Text is UTF-8; a line that is not is taken as Latin-1, in which the history was first
/// published.
/// </summary>
static class HistoryReader
{
    const int MaxLineBytes = 64 << 10;

    /// <summary>The lines after the header. Throws <see cref="ImportException"/>.</summary>
    public static IEnumerable<HistoryLine> Read(HistorySource source, Stream text)
    {
        var malformed = false;
        using var reader = CsvReader.Create(text, Options(_ => malformed = true), leaveOpen: true);
        if (!Next(source, reader, 0) || !IsHeader(reader))
        {
            var columns = string.Join(',', LineRules.Columns);
            throw Refuse(source, 0, $" is not an Online Retail history: its first line must be {columns}");
        }

        var values = new string[LineRules.Columns.Length];
        for (long number = 1; ; number++)
        {
            malformed = false;
            if (!Next(source, reader, number)) yield break;
            var isUtf8 = System.Text.Unicode.Utf8.IsValid(reader.RawRecord);
            if (!isUtf8 && !IsLatin1(reader.RawRecord))
            {
                throw Refuse(source, number, $": line {number + 1} is text neither in UTF-8 nor in Latin-1.");
            }

            yield return Line(number, reader, values, isUtf8, malformed);
        }
    }

    static HistoryLine Line(long number, CsvReader reader, string[] columns, bool isUtf8, bool malformed)
    {
        var raw = reader.RawRecord;
        HistoryLine line = new(number, isUtf8 ? raw.ToArray() : Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(raw)));
        if (malformed || reader.FieldCount != columns.Length) return line with { Misfit = Misfit.MalformedLine };
        for (var i = 0; i < columns.Length; i++)
            columns[i] = isUtf8 ? reader.GetString(i) : Encoding.Latin1.GetString(reader.GetSpan(i));
        return LineRules.Read(line, columns);
    }

    /// <summary>
    /// Goes to the next record. <paramref name="before"/>: lines of the file that were read, with the header.
    /// </summary>
    static bool Next(HistorySource source, CsvReader reader, long before)
    {
        try
        {
            return reader.Read();
        }
        catch (InvalidDataException e)
        {
            // What the decompressor says of it is about archives.
            var at = before == 0 ? "in its first line" : $"after line {before}";
            throw Refuse(source, before, $" is damaged or breaks off {at}.", e);
        }
        catch (CsvFormatException e)
        {
            throw Refuse(source, before, $": line {before + 1} is longer than {MaxLineBytes} bytes.", e);
        }
        catch (IOException e)
        {
            throw Refuse(source, before, $" cannot be read after line {before}: {e.Message}", e, ExitCode.Environment);
        }
    }

    static ImportException Refuse(
        HistorySource source, long before, string what, Exception? inner = null, int exitCode = ExitCode.Refused) =>
        new(exitCode, source.Name + what, inner) { LinesBefore = Math.Max(0, before - 1) };

    static bool IsHeader(CsvReader reader)
    {
        if (reader.FieldCount != LineRules.Columns.Length) return false;
        for (var i = 0; i < LineRules.Columns.Length; i++)
            if (reader.GetString(i) != LineRules.Columns[i]) return false;
        return true;
    }

    /// <summary>Latin-1 has no text in its two ranges of control codes.</summary>
    static bool IsLatin1(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
            if (b is < 0x20 and not (byte)'\t' or >= 0x7f and < 0xa0) return false;
        return true;
    }

    static CsvReaderOptions Options(Action<CsvMalformedRecord> malformed) => new()
    {
        Separator = ',',
        HasHeader = false,
        DetectSeparatorHint = false,
        AllowLineBreaksInQuotes = false,
        SkipEmptyLines = false,
        MaxRecordSize = MaxLineBytes,
        OnMalformedRecord = malformed,
    };
}
