using System.IO.Compression;
using System.Text;
using Fulfillment.Composition;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>Files that are no history, or not a whole one: one clear line and an exit code each.</summary>
public sealed class ImportFileTests : IDisposable
{
    const string Sale = "536365,22100,MUG,1,2010-12-01 08:26:00,2.55,17850.0,France",
        BadId = "--seller and --node take 1 to 128 characters of A-Z a-z 0-9 . _ - :";

    readonly TempFolder _folder = new();

    string Data => Path.Combine(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var path = Path.Combine(_folder.Path, "missing.csv.gz");
        var result = await Import(path);
        Assert.Equal((3, $"There is no file {path}."), (result.ExitCode, result.Errors));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_folder_is_not_a_file() => Assert.Equal(
        (3, $"{_folder.Path} is a folder, not a file."), await EndOf(_folder.Path));

    [Theory]
    [InlineData(ImportFiles.Header)]
    [InlineData("")]
    public async Task A_file_that_is_not_compressed_is_told_how_to_be(string text)
    {
        var path = Path.Combine(_folder.Path, "plain.csv");
        await File.WriteAllTextAsync(path, text);
        Assert.Equal(
            (3, $"{path} is not a gzip file. A plain one can be made one: gzip -k plain.csv"), await EndOf(path));
        Assert.False(Directory.Exists(Data));
    }

    [Theory]
    [InlineData("id,sku,quantity\n1,A,2\n")]
    [InlineData("\n")]
    [InlineData("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Land\n")]
    [InlineData("536365,22100,MUG,1,2010-12-01 08:26:00,2.55,17850.0,France\n")]
    public async Task A_file_with_other_columns_is_refused_before_anything_is_made(string text)
    {
        var (code, error) = await EndOf(ImportFiles.Of(_folder.Path, Encoding.UTF8.GetBytes(text)));
        Assert.Equal(1, code);
        Assert.Equal(
            $"history.csv.gz is not an Online Retail history: its first line must be {ImportFiles.Header}", error);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_history_without_a_line_is_a_history()
    {
        var result = await Import(ImportFiles.Of(_folder.Path));
        Assert.Equal((0, 0), (result.ExitCode, result.Number("read")));
    }

    [Fact]
    public async Task Text_in_neither_encoding_ends_the_import_at_its_line()
    {
        var text = Encoding.UTF8.GetBytes($"{ImportFiles.Header}\n{Sale}\n536366,22100,");
        var (code, error) = await EndOf(ImportFiles.Of(_folder.Path, [.. text, 0xff, 0x01, 0xfe, (byte)'\n']));
        Assert.Equal(1, code);
        Begins("history.csv.gz: line 3 is text neither in UTF-8 nor in Latin-1.", error);
    }

    [Fact]
    public async Task A_line_without_end_ends_the_import_and_not_the_memory()
    {
        var (code, error) = await EndOf(ImportFiles.Of(_folder.Path, Sale, new string('x', 300_000)));
        Assert.Equal(1, code);
        Begins("history.csv.gz: line 3 is longer than 65536 bytes.", error);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(9, 10)]
    public async Task A_file_that_breaks_off_keeps_what_was_read_and_says_where(int part, int of)
    {
        var (whole, lines) = await Generate(3_000);
        var cut = Path.Combine(_folder.Path, "cut.csv.gz");
        await File.WriteAllBytesAsync(cut, whole[..(whole.Length * part / of)]);
        var result = await Import(cut);

        Assert.Equal(1, result.ExitCode);
        var read = result.Number("read");
        Begins($"cut.csv.gz is damaged or breaks off after line {read + 1}.", result.Errors);
        Assert.False(result.Json.GetProperty("complete").GetBoolean());
        Assert.InRange(result.Number("notApplied"), 1, read / 2);
        Assert.Equal(read, result.Applied + result.Quarantined.Values.Sum() + result.Number("notApplied"));

        // The whole file goes on from there, and it is as if the file had never been cut.
        var (full, fresh) = (Path.Combine(_folder.Path, "full.csv.gz"), Path.Combine(_folder.Path, "fresh"));
        await File.WriteAllBytesAsync(full, whole);
        Assert.Equal((0, lines), await ReadBy(full, Data));
        Assert.Equal((0, lines), await ReadBy(full, fresh));
        Assert.Equal(await ImportedState.Of(fresh), await ImportedState.Of(Data));
    }

    [Fact]
    public async Task A_file_without_its_last_bytes_is_told_from_a_whole_one()
    {
        var (whole, _) = await Generate(100);
        var cut = Path.Combine(_folder.Path, "cut.csv.gz");
        for (var missing = 1; missing <= 9; missing += 4)
        {
            await File.WriteAllBytesAsync(cut, whole[..^missing]);
            var (code, error) = await EndOf(cut);
            Assert.Equal(1, code);
            Assert.Contains("breaks off", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_damaged_file_ends_where_it_is_damaged()
    {
        var (whole, _) = await Generate(3_000);
        whole[whole.Length / 2] ^= 0xff;
        var damaged = Path.Combine(_folder.Path, "damaged.csv.gz");
        await File.WriteAllBytesAsync(damaged, whole);
        var (code, error) = await EndOf(damaged);
        Assert.Equal(1, code);
        Begins("damaged.csv.gz is damaged or breaks off after line ", error);
    }

    [Fact]
    public async Task A_file_of_several_compressed_parts_is_read_whole()
    {
        byte[] Part(string text)
        {
            using MemoryStream bytes = new();
            using (GZipStream gzip = new(bytes, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
            return bytes.ToArray();
        }

        var path = Path.Combine(_folder.Path, "parts.csv.gz");
        byte[] parts = [.. Part(ImportFiles.Header + "\n" + Sale[..10]), .. Part(Sale[10..] + "\r\n")];
        await File.WriteAllBytesAsync(path, parts);
        var result = await Import(path);
        Assert.Equal((0, 1, 1), (result.ExitCode, result.Number("read"), result.Number("applied/orders")));
    }

    [Fact]
    public async Task A_byte_order_mark_is_not_part_of_the_header()
    {
        var text = Encoding.UTF8.GetBytes($"\uFEFF{ImportFiles.Header}\n{Sale}\n");
        var result = await Import(ImportFiles.Of(_folder.Path, text));
        Assert.Equal((0, 1), (result.ExitCode, result.Number("applied/orders")));
    }

    [Fact]
    public async Task A_data_folder_that_another_process_uses_is_left_to_it()
    {
        var file = ImportFiles.Of(_folder.Path, Sale);
        await using var other = EmbeddedServer.Open(new(Data), new(), TimeProvider.System);
        var error = $"Another process uses the data folder {Data}. Stop it, or choose another folder with --data.";
        Assert.Equal((3, error), await EndOf(file));
    }

    [Theory]
    [InlineData("Say what to import: online-retail FILE, or --generate LINES.")]
    [InlineData("--generate takes 1 to 1000000000 lines.", "--generate", "0")]
    [InlineData(BadId, "--generate", "1", "--node", "a b")]
    [InlineData(BadId, "--generate", "1", "--seller", "")]
    public async Task Wrong_usage_is_exit_code_2(string error, params string[] arguments)
    {
        var result = await ImportProcess.Run([.. arguments]);
        Assert.Equal((2, error), (result.ExitCode, result.Errors));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_to_is_named()
    {
        var path = Path.Combine(_folder.Path, "no", "such", "folder.csv.gz");
        var result = await ImportProcess.Run("--generate", "10", "--write", path);
        Assert.Equal(3, result.ExitCode);
        Begins($"{path} cannot be written: ", result.Errors);
    }

    [Fact]
    public async Task Without_json_the_totals_are_a_table()
    {
        var file = ImportFiles.Of(_folder.Path, Sale, "what is this");
        var result = await ImportProcess.Run("online-retail", file, "--data", Data);
        Assert.Equal(0, result.ExitCode);
        Assert.Matches("applied: in orders +1", result.Output);
        Assert.Matches("quarantined: malformed-line +1", result.Output);
        Assert.Matches("read, ties +2", result.Output);
    }

    Task<Imported> Import(string path) => ImportProcess.Run("online-retail", path, "--data", Data, "--json");

    async Task<(int, string)> EndOf(string path)
    {
        var result = await Import(path);
        return (result.ExitCode, result.Errors);
    }

    static async Task<(int, long)> ReadBy(string path, string data)
    {
        var result = await ImportProcess.Run("online-retail", path, "--data", data, "--json");
        return (result.ExitCode, result.Number("read"));
    }

    static void Begins(string expected, string error) => Assert.StartsWith(expected, error, StringComparison.Ordinal);

    async Task<(byte[] File, long Lines)> Generate(int lines)
    {
        var path = Path.Combine(_folder.Path, "generated.csv.gz");
        Assert.Equal(0, (await ImportProcess.Run("--generate", $"{lines}", "--write", path)).ExitCode);
        return (await File.ReadAllBytesAsync(path), lines);
    }
}
