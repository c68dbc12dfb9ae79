using System.IO.Compression;
using System.Text;

namespace Fulfillment.Tests.Client;

/// <summary>Histories for tests.</summary>
public static class ImportFiles
{
    public const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    /// <summary>A history of these lines, compressed, in the folder.</summary>
    public static string Of(string folder, params IEnumerable<string> lines) =>
        Of(folder, Encoding.UTF8.GetBytes(string.Concat(lines.Prepend(Header).Select(l => l + "\n"))));

    /// <summary>A file of this text, compressed, in the folder.</summary>
    public static string Of(string folder, byte[] text)
    {
        var path = Path.Combine(folder, "history.csv.gz");
        using FileStream file = new(path, FileMode.Create);
        using GZipStream gzip = new(file, CompressionLevel.Fastest);
        gzip.Write(text);
        return path;
    }

    /// <summary>The first lines of another one.</summary>
    public static string Beginning(string folder, string path, int lines)
    {
        using GZipStream gzip = new(File.OpenRead(path), CompressionMode.Decompress);
        using StreamReader text = new(gzip, Encoding.UTF8);
        List<string> taken = [];
        text.ReadLine();
        while (taken.Count < lines && text.ReadLine() is { } line) taken.Add(line);
        return Of(folder, taken);
    }
}
