namespace JadaStore.Collectors.Aws.Models;

/// <summary>Where in a message a member stands.</summary>
internal enum MemberLocation
{
    /// <summary>In the body.</summary>
    Body,

    /// <summary>In the path.</summary>
    Path,

    /// <summary>In the query.</summary>
    Query,

    /// <summary>In one header.</summary>
    Header,

    /// <summary>In all headers whose names begin alike.</summary>
    HeaderPrefix,

    /// <summary>It is the status of the answer.</summary>
    Status,
}
