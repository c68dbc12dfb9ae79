using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Fulfillment.Tests.Support;

/// <summary>
/// Reads PDFs as people and scanners do: text and pages by poppler, barcodes by zbar, each page drawn at 300 dots per
/// inch. For root on a system with apt they are installed first; where that is not possible <see cref="Missing"/> says
/// so, and tests skip with that reason.
/// </summary>
public static class PdfTools
{
    static readonly string[] Programs = ["pdftotext", "pdfinfo", "pdftoppm", "zbarimg"];
    static readonly Lazy<string?> Lacks = new(Find);

    /// <summary>Why they cannot be used; null when they can.</summary>
    public static string? Missing => Lacks.Value;

    /// <summary>The text of all pages, in columns as it is laid out; a form feed ends each page.</summary>
    public static string Text(byte[] pdf) => With(pdf, file => Run("pdftotext", "-layout", file, "-"));

    /// <summary>What it says of itself, and how many pages of which size it has.</summary>
    public static string About(byte[] pdf) => With(pdf, file => Run("pdfinfo", "-rawdates", file));

    /// <summary>The barcodes of all pages: the kind of symbol, a colon and the text.</summary>
    public static IReadOnlyList<string> Barcodes(byte[] pdf) => With(pdf, file =>
    {
        Run("pdftoppm", "-r", "300", "-gray", "-png", file, file);
        var pages = Directory.GetFiles(Path.GetDirectoryName(file)!, "*.png").Order(StringComparer.Ordinal).ToArray();
        return Run("zbarimg", ["-q", "-Sdisable", "-Scode128.enable", "-Sean13.enable", "-Sqrcode.enable", .. pages])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
    });

    static T With<T>(byte[] pdf, Func<string, T> read)
    {
        using TempFolder folder = new();
        var file = Path.Combine(folder.Path, "paper.pdf");
        File.WriteAllBytes(file, pdf);
        return read(file);
    }

    static string? Find()
    {
        if (Programs.All(IsThere)) return null;
        if (Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"))
        {
            // Two test projects may come here at once; apt waits for its own lock.
            Run("/usr/bin/apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "update");
            Run("/usr/bin/apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=300", "install", "--no-install-recommends",
                "poppler-utils", "zbar-tools");
        }

        return Programs.All(IsThere) ? null
            : "poppler-utils and zbar-tools are not installed and this user may not install them.";
    }

    static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    static string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // 4 of zbarimg: it found no barcode.
        if (process.ExitCode is 0 or 4) return text;
        var code = process.ExitCode.ToString(CultureInfo.InvariantCulture);
        throw new InvalidOperationException($"{program} ended with {code}: {errors.Result}");
    }
}
