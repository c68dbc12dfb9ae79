using System.Globalization;
using CsvHelper;

namespace Fulfillment.Client.Import;

/// <summary>A made-up history as the text of a file, made as it is read.</summary>
sealed class GeneratedText : ForwardStream
{
    const int LinesAtOnce = 512;

    readonly IEnumerator<MadeLine> _lines;
    readonly MemoryStream _text = new();
    readonly CsvWriter _csv;
    long _left;

    public GeneratedText(long lines, int seed)
    {
        _left = lines;
        _lines = new Generator(seed).Lines().GetEnumerator();
        _csv = CsvWriter.Create(_text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        _csv.WriteHeader(LineRules.Columns);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_text.Position == _text.Length) Make();
        return _text.Read(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _csv.Dispose();
            _lines.Dispose();
            _text.Dispose();
        }

        base.Dispose(disposing);
    }

    void Make()
    {
        _text.SetLength(0);
        for (var i = 0; i < LinesAtOnce && _left > 0; i++, _left--)
        {
            _lines.MoveNext();
            Write(_lines.Current);
        }

        _csv.Flush();
        _text.Position = 0;
    }

    void Write(MadeLine line)
    {
        _csv.WriteField(line.Invoice);
        _csv.WriteField(line.Code);
        _csv.WriteField(line.Title);
        _csv.WriteField(line.Quantity);
        _csv.WriteField(line.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        _csv.WriteField(line.Price.ToString("0.0##", CultureInfo.InvariantCulture));
        _csv.WriteField(line.Customer);
        _csv.WriteField(line.Country);
        _csv.EndRecord();
    }
}
