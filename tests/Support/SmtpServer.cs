using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fulfillment.Tests.Support;

/// <summary>
/// A mail server for one test: Exim on a loopback port, with a configuration of its own, which delivers all that it
/// takes into a folder. For root on a system with apt it is installed first. Where that is not possible,
/// <see cref="Missing"/> says why, and tests skip with that reason. It takes nothing for <c>refused@</c>, whoever asks,
/// and says so with the address in its words.
/// </summary>
public sealed class SmtpServer : IDisposable
{
    const string Exim = "/usr/sbin/exim4", User = "Debian-exim";

    static readonly Lazy<string?> Reason = new(Find);

    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.FromSeconds(60);

    readonly string _folder = Directory.CreateTempSubdirectory("fulfillment-exim-").FullName;
    Process? _running;

    /// <summary>One that runs; with <paramref name="tls"/> it offers STARTTLS, and its name is localhost.</summary>
    public SmtpServer(bool tls = false)
    {
        foreach (var part in (string[])["spool", "log", "mail"]) Directory.CreateDirectory($"{_folder}/{part}");
        if (tls) Certify();
        File.WriteAllText($"{_folder}/conf", string.Create(CultureInfo.InvariantCulture, $$"""
            primary_hostname = mail.test
            local_interfaces = 127.0.0.1
            daemon_smtp_ports = {{Port}}
            spool_directory = {{_folder}}/spool
            log_file_path = {{_folder}}/log/%slog
            pid_file_path = {{_folder}}/pid
            keep_environment =
            never_users =
            deliver_drop_privilege = true
            acl_smtp_rcpt = rcpt
            tls_advertise_hosts = {{(tls ? "*" : "")}}
            {{(tls ? $"tls_certificate = {_folder}/certificate.pem\ntls_privatekey = {_folder}/key.pem" : "")}}
            begin acl
            rcpt:
              deny local_parts = refused
                   message = 5.1.1 <$local_part@$domain> is no mailbox here
              accept
            begin routers
            all:
              driver = accept
              transport = folder
            begin transports
            folder:
              driver = appendfile
              directory = {{_folder}}/mail
              maildir_format
              envelope_to_add

            """));
        if (Environment.IsPrivilegedProcess) Run("/bin/chown", "-R", User, _folder);
        Go();
    }

    /// <summary>Why there is none; null when there is one.</summary>
    public static string? Missing => Reason.Value;

    /// <summary>Where it listens, on 127.0.0.1, also after it was stopped.</summary>
    public int Port { get; } = FreePort();

    /// <summary>The certificate (PEM) of who vouches for it; null without TLS.</summary>
    public string? Authority { get; private set; }

    /// <summary>The files of what it has delivered.</summary>
    public IReadOnlyList<string> Delivered =>
        Directory.Exists($"{_folder}/mail/new") ? Directory.GetFiles($"{_folder}/mail/new") : [];

    /// <summary>The files, once there are so many.</summary>
    public async Task<IReadOnlyList<string>> Until(int count)
    {
        using CancellationTokenSource late = new(Patience);
        while (Delivered.Count < count) await Task.Delay(Glance, late.Token);
        return Delivered;
    }

    /// <summary>Starts it, and waits until it listens.</summary>
    public void Go()
    {
        string[] command = [Exim, "-C", $"{_folder}/conf", "-bdf"];
        if (Environment.IsPrivilegedProcess) command = ["/sbin/runuser", "-u", User, "--", .. command];
        _running = Process.Start(Silent(command))!;
        var started = Stopwatch.GetTimestamp();
        while (!Listens())
        {
            if (_running.HasExited || Stopwatch.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException("Exim does not start.");
            Thread.Sleep(Glance);
        }
    }

    /// <summary>Ends it; what was delivered stays.</summary>
    public void Stop()
    {
        _running?.Kill(entireProcessTree: true);
        _running?.WaitForExit();
        _running?.Dispose();
        _running = null;
    }

    /// <summary>Ends it, and removes its folder.</summary>
    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    static string? Find()
    {
        if (!OperatingSystem.IsLinux()) return "Exim: only on Linux.";
        if (!File.Exists(Exim) && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"))
        {
            // Two test projects may come here at once; apt waits for its own lock.
            Run("/usr/bin/apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "update");
            Run(
                "/usr/bin/apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=300", "install", "--no-install-recommends",
                "exim4-daemon-light");
        }

        return File.Exists(Exim) ? null : "Exim is not installed, and cannot be: install exim4-daemon-light.";
    }

    void Certify()
    {
        using var key = RSA.Create(2_048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        Authority = certificate.ExportCertificatePem();
        File.WriteAllText($"{_folder}/certificate.pem", Authority);
        File.WriteAllText($"{_folder}/key.pem", key.ExportPkcs8PrivateKeyPem());
    }

    bool Listens()
    {
        try
        {
            using TcpClient client = new("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static void Run(params string[] command)
    {
        using var process = Process.Start(Silent(command))!;
        process.WaitForExit();
    }

    /// <summary>Output goes nowhere: a started server would keep a pipe open for ever.</summary>
    static ProcessStartInfo Silent(string[] command)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", "exec \"$0\" \"$@\" </dev/null >/dev/null 2>&1", .. command])
        {
            WorkingDirectory = "/",
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        return start;
    }
}
