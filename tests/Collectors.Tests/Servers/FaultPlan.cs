using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace JadaStore.Collectors.Tests.Servers;

/// <summary>Which fault befalls which request. Thread-safe.</summary>
/// <param name="choose">Asked once for each request, as it comes.</param>
internal sealed class FaultPlan(Func<ProxiedRequest, Fault> choose)
{
    private static readonly Fault[] OnAny =
    [
        Fault.InternalError, Fault.SlowDown, Fault.CutBeforeRequest, Fault.CutBeforeHeaders, Fault.CutInBody,
        Fault.ShortBody,
    ];

    // A client knows an object's length and ETag from its list; nothing sums up a list itself.
    private static readonly Fault[] OnObjects = [.. OnAny, Fault.WrongLength, Fault.FlippedByte];

    /// <summary>No faults.</summary>
    public static FaultPlan None { get; } = new(_ => Fault.None);

    /// <summary>The fault for a request.</summary>
    public Fault Choose(ProxiedRequest request) => choose(request);

    /// <summary>A share of all requests fails, each in one of the ways that a client can notice and that end.</summary>
    /// <remarks>
    /// Which ones, and how, follows from the seed, what is asked for within the bucket, whatever that is called, and
    /// how often it has come: not from the order in which requests come. What is tried again is drawn for again.
    /// </remarks>
    /// <param name="seed">Another seed, other faults.</param>
    /// <param name="share">0 to 1.</param>
    /// <param name="kinds">Those to draw from; else, by the operation, all but the stalls.</param>
    public static FaultPlan Share(int seed, double share, params Fault[] kinds) => new(request =>
    {
        Fault[] from = kinds.Length > 0 ? kinds : request.Operation == "GetObject" ? OnObjects : OnAny;
        string what = $"{seed} {request.Attempt} {request.Gist}";
        byte[] drawn = SHA256.HashData(Encoding.UTF8.GetBytes(what));
        return BinaryPrimitives.ReadUInt32LittleEndian(drawn) < share * uint.MaxValue
            ? from[BinaryPrimitives.ReadUInt32LittleEndian(drawn.AsSpan(4)) % (uint)from.Length]
            : Fault.None;
    });

    /// <summary>Faults for the first requests in the order in which they come, and none for those after them.</summary>
    public static FaultPlan Script(params Fault[] faults)
    {
        int next = -1;
        return new FaultPlan(_ =>
            Interlocked.Increment(ref next) is var at && at < faults.Length ? faults[at] : Fault.None);
    }

    /// <summary>As <see cref="Script"/>, counting the requests of one operation only; the others pass.</summary>
    public static FaultPlan On(string operation, params Fault[] faults)
    {
        FaultPlan script = Script(faults);
        return new FaultPlan(request => request.Operation == operation ? script.Choose(request) : Fault.None);
    }

    /// <summary>Every request fails this way when it comes the first time, and none that comes again.</summary>
    public static FaultPlan FirstAttempts(Fault fault) => new(request => request.Attempt == 1 ? fault : Fault.None);
}
