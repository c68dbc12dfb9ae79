using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client.Station;

/// <summary>
/// A Chromium without a window, and one page of it, told what to do over the Chrome DevTools Protocol. It is the
/// system's own; for root on a system with apt it is installed first. Where that is not possible <see cref="Missing"/>
/// says why.
/// </summary>
sealed class Chromium : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Glance = TimeSpan.FromMilliseconds(20);
    static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"];

    static readonly Lazy<string?> Installed = new(() => Found() ?? (Install() ? Found() : null));

    readonly TempFolder _folder;
    readonly ClientWebSocket _socket = new();
    readonly Process _process;
    int _last;

    Chromium(Process process, TempFolder folder) => (_process, _folder) = (process, folder);

    /// <summary>Why there is none; null when there is one.</summary>
    public static string? Missing => Installed.Value is not null ? null
        : "Chromium is not installed, and this user may not install it with apt.";

    static string? Found() => Places.FirstOrDefault(File.Exists);

    static bool Install()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get")) return false;
        foreach (var what in (string[][])[["update"], ["install", "-y", "--no-install-recommends", "chromium"]])
        {
            using var apt = Process.Start(
                "/usr/bin/apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=300", .. what]);
            apt.WaitForExit();
        }

        return true;
    }

    /// <summary>A fresh one, with nothing that another kept.</summary>
    public static async Task<Chromium> Start()
    {
        TempFolder folder = new();
        ProcessStartInfo how = new(Installed.Value!,
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--remote-debugging-port=0", $"--user-data-dir={folder.Path}", "--window-size=420,860", "about:blank",
        ])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Chromium browser = new(Process.Start(how)!, folder);
        _ = browser._process.StandardError.ReadToEndAsync();
        _ = browser._process.StandardOutput.ReadToEndAsync();
        var told = Path.Combine(folder.Path, "DevToolsActivePort");
        var since = Stopwatch.StartNew();
        while (!File.Exists(told) || (await File.ReadAllLinesAsync(told)).Length < 2)
        {
            Assert.True(since.Elapsed < Patience && !browser._process.HasExited, "Chromium does not start.");
            await Task.Delay(Glance);
        }

        using HttpClient http = new();
        var port = int.Parse((await File.ReadAllLinesAsync(told))[0], CultureInfo.InvariantCulture);
        var pages = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list")))!.AsArray();
        var page = pages.First(p => (string?)p!["type"] == "page")!;
        await browser._socket.ConnectAsync(new((string)page["webSocketDebuggerUrl"]!), CancellationToken.None);
        await browser.Tell("Page.enable");
        await browser.Tell("Network.enable");
        return browser;
    }

    /// <summary>Goes to an address.</summary>
    public async Task Open(string address)
    {
        await Tell("Page.navigate", new JsonObject { ["url"] = address });
        await Until("document.readyState === 'complete' && location.href !== 'about:blank'", "true");
    }

    /// <summary>What an expression is, as text.</summary>
    public async Task<string?> Read(string expression)
    {
        var answer = await Tell("Runtime.evaluate", new JsonObject
        {
            ["expression"] = $"String({expression})",
            ["returnByValue"] = true,
            ["awaitPromise"] = true,
            ["userGesture"] = true,
        });
        return (string?)answer["result"]?["value"];
    }

    /// <summary>Waits until the expression is that text.</summary>
    public async Task Until(string expression, string text)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var now = await Read(expression);
            if (now == text) return;
            Assert.True(since.Elapsed < Patience, $"{expression} stays {now} and does not become {text}.");
            await Task.Delay(Glance);
        }
    }

    /// <summary>Key by key as a keyboard-wedge scanner types, with Enter at the end.</summary>
    public async Task Type(string code)
    {
        foreach (var c in code)
        {
            await Tell("Input.dispatchKeyEvent", new JsonObject
            {
                ["type"] = "keyDown",
                ["text"] = c.ToString(),
                ["key"] = c.ToString(),
            });
            await Tell("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = c.ToString() });
        }

        await Press("Enter", 13, "\r");
    }

    /// <summary>Presses a key that types nothing else, F2 by <c>("F2", 113)</c>.</summary>
    public async Task Press(string key, int code, string? text = null)
    {
        foreach (var type in (string[])["keyDown", "keyUp"])
        {
            await Tell("Input.dispatchKeyEvent", new JsonObject
            {
                ["type"] = type,
                ["key"] = key,
                ["code"] = key,
                ["windowsVirtualKeyCode"] = code,
                ["text"] = text ?? "",
            });
        }
    }

    /// <summary>Whether there is a connection to the server.</summary>
    public Task Connect(bool there) => Tell("Network.emulateNetworkConditions", new JsonObject
    {
        ["offline"] = !there,
        ["latency"] = 0,
        ["downloadThroughput"] = -1,
        ["uploadThroughput"] = -1,
    });

    /// <summary>A picture of the page as PNG.</summary>
    public async Task<byte[]> Picture() =>
        Convert.FromBase64String((string)(await Tell("Page.captureScreenshot"))["data"]!);

    async Task<JsonNode> Tell(string method, JsonObject? arguments = null)
    {
        var id = ++_last;
        JsonObject message = new() { ["id"] = id, ["method"] = method, ["params"] = arguments ?? new JsonObject() };
        using CancellationTokenSource late = new(Patience);
        await _socket.SendAsync(
            Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, late.Token);
        while (true)
        {
            var answer = JsonNode.Parse(await Receive(late.Token))!;
            // A question of the page, such as confirm(), is answered yes, as a finger would.
            if ((string?)answer["method"] == "Page.javascriptDialogOpening")
            {
                JsonObject yes = new()
                {
                    ["id"] = ++_last,
                    ["method"] = "Page.handleJavaScriptDialog",
                    ["params"] = new JsonObject { ["accept"] = true },
                };
                await _socket.SendAsync(
                    Encoding.UTF8.GetBytes(yes.ToJsonString()), WebSocketMessageType.Text, true, late.Token);
            }

            if ((int?)answer["id"] != id) continue;
            Assert.True(answer["error"] is null, $"{method}: {answer["error"]?.ToJsonString()}");
            return answer["result"]!;
        }
    }

    async Task<byte[]> Receive(CancellationToken cancel)
    {
        using MemoryStream all = new();
        var part = new byte[64 << 10];
        while (true)
        {
            var got = await _socket.ReceiveAsync(part, cancel);
            all.Write(part, 0, got.Count);
            if (got.EndOfMessage) return all.ToArray();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }
}
