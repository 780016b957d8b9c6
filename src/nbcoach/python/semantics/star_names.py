"""Which names `from module import *` binds, for modules whose list is known.

Facts of CPython 3.11, NumPy 1.24 to 2.4, Matplotlib 3.10, SciPy 1.17 and SymPy 1.14.
"""


def names_of_module(module: str) -> tuple[str, ...] | None:
    """The public names of a module; None where they are not known."""
    names = _NAMES.get(_SAME.get(module, module))
    return None if names is None else tuple(names.split())


_SAME = {"matplotlib.pylab": "pylab"}

_NAMES = {
    "abc": """
        ABC ABCMeta abstractclassmethod abstractmethod abstractproperty abstractstaticmethod
        get_cache_token update_abstractmethods
    """,
    "bisect": """
        bisect bisect_left bisect_right insort insort_left insort_right
    """,
    "calendar": """
        Calendar FRIDAY HTMLCalendar IllegalMonthError IllegalWeekdayError
        LocaleHTMLCalendar LocaleTextCalendar MONDAY SATURDAY SUNDAY THURSDAY TUESDAY
        TextCalendar WEDNESDAY calendar day_abbr day_name firstweekday isleap leapdays month
        month_abbr month_name monthcalendar monthrange prcal prmonth setfirstweekday timegm
        weekday weekheader
    """,
    "cmath": """
        acos acosh asin asinh atan atanh cos cosh e exp inf infj isclose isfinite isinf
        isnan log log10 nan nanj phase pi polar rect sin sinh sqrt tan tanh tau
    """,
    "collections": """
        ChainMap Counter OrderedDict UserDict UserList UserString defaultdict deque
        namedtuple
    """,
    "copy": """
        Error copy deepcopy
    """,
    "csv": """
        Dialect DictReader DictWriter Error QUOTE_ALL QUOTE_MINIMAL QUOTE_NONE
        QUOTE_NONNUMERIC Sniffer __doc__ __version__ excel excel_tab field_size_limit
        get_dialect list_dialects reader register_dialect unix_dialect unregister_dialect
        writer
    """,
    "ctypes": """
        ARRAY ArgumentError Array BigEndianStructure BigEndianUnion CDLL CFUNCTYPE
        DEFAULT_MODE LibraryLoader LittleEndianStructure LittleEndianUnion POINTER
        PYFUNCTYPE PyDLL RTLD_GLOBAL RTLD_LOCAL SetPointerType Structure Union addressof
        alignment byref c_bool c_buffer c_byte c_char c_char_p c_double c_float c_int
        c_int16 c_int32 c_int64 c_int8 c_long c_longdouble c_longlong c_short c_size_t
        c_ssize_t c_ubyte c_uint c_uint16 c_uint32 c_uint64 c_uint8 c_ulong c_ulonglong
        c_ushort c_void_p c_voidp c_wchar c_wchar_p cast cdll create_string_buffer
        create_unicode_buffer get_errno memmove memset pointer py_object pydll pythonapi
        resize set_errno sizeof string_at wstring_at
    """,
    "dataclasses": """
        Field FrozenInstanceError InitVar KW_ONLY MISSING asdict astuple dataclass field
        fields is_dataclass make_dataclass replace
    """,
    "datetime": """
        MAXYEAR MINYEAR UTC date datetime time timedelta timezone tzinfo
    """,
    "decimal": """
        BasicContext Clamped Context ConversionSyntax Decimal DecimalException DecimalTuple
        DefaultContext DivisionByZero DivisionImpossible DivisionUndefined ExtendedContext
        FloatOperation HAVE_CONTEXTVAR HAVE_THREADS Inexact InvalidContext InvalidOperation
        MAX_EMAX MAX_PREC MIN_EMIN MIN_ETINY Overflow ROUND_05UP ROUND_CEILING ROUND_DOWN
        ROUND_FLOOR ROUND_HALF_DOWN ROUND_HALF_EVEN ROUND_HALF_UP ROUND_UP Rounded Subnormal
        Underflow getcontext localcontext setcontext
    """,
    "enum": """
        CONFORM CONTINUOUS EJECT Enum EnumCheck EnumMeta EnumType Flag FlagBoundary IntEnum
        IntFlag KEEP NAMED_FLAGS ReprEnum STRICT StrEnum UNIQUE auto global_enum
        global_enum_repr global_flag_repr global_str member nonmember pickle_by_enum_name
        pickle_by_global_name property unique verify
    """,
    "fractions": """
        Fraction
    """,
    "functools": """
        WRAPPER_ASSIGNMENTS WRAPPER_UPDATES cache cached_property cmp_to_key lru_cache
        partial partialmethod reduce singledispatch singledispatchmethod total_ordering
        update_wrapper wraps
    """,
    "glob": """
        escape glob iglob
    """,
    "heapq": """
        heapify heappop heappush heappushpop heapreplace merge nlargest nsmallest
    """,
    "itertools": """
        accumulate chain combinations combinations_with_replacement compress count cycle
        dropwhile filterfalse groupby islice pairwise permutations product repeat starmap
        takewhile tee zip_longest
    """,
    "json": """
        JSONDecodeError JSONDecoder JSONEncoder dump dumps load loads
    """,
    "math": """
        acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees dist
        e erf erfc exp exp2 expm1 fabs factorial floor fmod frexp fsum gamma gcd hypot inf
        isclose isfinite isinf isnan isqrt lcm ldexp lgamma log log10 log1p log2 modf nan
        nextafter perm pi pow prod radians remainder sin sinh sqrt tan tanh tau trunc ulp
    """,
    "matplotlib.pyplot": """
        AbstractContextManager Annotation Arrow Artist AutoLocator AxLine Axes BackendFilter
        Button Circle Colorizer ColorizingArtist Colormap Enum ExitStack Figure FigureBase
        FigureCanvasBase FigureManagerBase FixedFormatter FixedLocator FormatStrFormatter
        Formatter FuncFormatter GridSpec IO IndexLocator Line2D LinearLocator Locator
        LogFormatter LogFormatterExponent LogFormatterMathtext LogLocator MaxNLocator
        MouseButton MultipleLocator Normalize NullFormatter NullLocator PolarAxes Polygon
        Rectangle ScalarFormatter Slider Subplot SubplotSpec TYPE_CHECKING Text TickHelper
        Widget acorr angle_spectrum annotate annotations arrow autoscale autumn
        available_backends axes axhline axhspan axis axline axvline axvspan backend_registry
        bar bar_label barbs barh bone box boxplot broken_barh cast cbook cla clabel clf clim
        close cm cohere color_sequences colorbar colormaps connect contour contourf cool
        copper csd cycler delaxes disconnect draw draw_all draw_if_interactive ecdf errorbar
        eventplot figaspect figimage figlegend fignum_exists figtext figure fill
        fill_between fill_betweenx findobj flag functools gca gcf gci get get_backend
        get_cmap get_current_fig_manager get_figlabels get_fignums get_plot_commands
        get_scale_names getp ginput gray grid grouped_bar hexbin hist hist2d hlines hot hsv
        importlib imread imsave imshow inferno inspect install_repl_displayhook interactive
        ioff ion isinteractive jet legend locator_params logging loglog magma
        magnitude_spectrum margins matplotlib matshow minorticks_off minorticks_on mlab
        new_figure_manager nipy_spectral np overload pause pcolor pcolormesh phase_spectrum
        pie pie_label pink plasma plot polar prism psd quiver quiverkey rc rcParams
        rcParamsDefault rcParamsOrig rc_context rcdefaults rcsetup requested_backend rgrids
        savefig sca scatter sci semilogx semilogy set_cmap set_loglevel setp show specgram
        spring spy stackplot stairs stem step streamplot style subplot subplot2grid
        subplot_mosaic subplot_tool subplots subplots_adjust summer suptitle switch_backend
        sys table text thetagrids threading tick_params ticklabel_format tight_layout time
        title tricontour tricontourf tripcolor triplot twinx twiny
        uninstall_repl_displayhook violinplot viridis vlines waitforbuttonpress winter xcorr
        xkcd xlabel xlim xscale xticks ylabel ylim yscale yticks
    """,
    "multiprocessing": """
        Array AuthenticationError Barrier BoundedSemaphore BufferTooShort Condition Event
        JoinableQueue Lock Manager Pipe Pool Process ProcessError Queue RLock RawArray
        RawValue Semaphore SimpleQueue TimeoutError Value active_children
        allow_connection_pickling cpu_count current_process freeze_support
        get_all_start_methods get_context get_logger get_start_method log_to_stderr
        parent_process reducer set_executable set_forkserver_preload set_start_method
    """,
    "numpy": """
        DataSource False_ Inf Infinity MachAr NINF NZERO NaN PINF PZERO ScalarType True_
        __array_namespace_info__ __version__ abs absolute acos acosh add add_docstring
        add_newdoc add_newdoc_ufunc alen all allclose alltrue amax amin angle any append
        apply_along_axis apply_over_axes arange arccos arccosh arcsin arcsinh arctan arctan2
        arctanh argmax argmin argpartition argsort argwhere around array array2string
        array_equal array_equiv array_repr array_split array_str asanyarray asarray
        asarray_chkfinite ascontiguousarray asfarray asfortranarray asin asinh asmatrix
        asscalar astype atan atan2 atanh atleast_1d atleast_2d atleast_3d average bartlett
        base_repr binary_repr bincount bitwise_and bitwise_count bitwise_invert
        bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor blackman
        block bmat bool bool_ broadcast broadcast_arrays broadcast_shapes broadcast_to
        busday_count busday_offset busdaycalendar byte byte_bounds bytes_ c_ can_cast cast
        cbrt cdouble ceil cfloat char character chararray choose clip clongdouble
        column_stack common_type compare_chararrays compat complex complex128 complex256
        complex64 complex_ complexfloating compress concat concatenate conj conjugate
        convolve copy copysign copyto core corrcoef correlate cos cosh count_nonzero cov
        cross csingle ctypeslib cumprod cumproduct cumsum cumulative_prod cumulative_sum
        datetime64 datetime_as_string datetime_data deg2rad degrees delete deprecate
        deprecate_with_doc diag diag_indices diag_indices_from diagflat diagonal diff
        digitize disp divide divmod dot double dsplit dstack dtype dtypes e ediff1d einsum
        einsum_path emath empty empty_like equal errstate euler_gamma exceptions exp exp2
        expand_dims expm1 extract eye f2py fabs fastCopyAndTranspose fft fill_diagonal
        find_common_type finfo fix flatiter flatnonzero flexible flip fliplr flipud float
        float128 float16 float32 float64 float_ float_power floating floor floor_divide fmax
        fmin fmod format_float_positional format_float_scientific format_parser frexp
        from_dlpack frombuffer fromfile fromfunction fromiter frompyfunc fromregex
        fromstring full full_like gcd generic genfromtxt geomspace get_include
        get_printoptions getbufsize geterr geterrcall geterrobj gradient greater
        greater_equal half hamming hanning heaviside histogram histogram2d
        histogram_bin_edges histogramdd hsplit hstack hypot i0 identity iinfo imag in1d
        index_exp indices inexact inf info infty inner insert int int16 int32 int64 int8
        int_ intc integer interp intersect1d intp invert is_busday isclose iscomplex
        iscomplexobj isdtype isfinite isfortran isin isinf isnan isnat isneginf isposinf
        isreal isrealobj isscalar issctype issubclass_ issubdtype issubsctype iterable ix_
        kaiser kron lcm ldexp left_shift less less_equal lexsort lib linalg linspace
        little_endian load loadtxt log log10 log1p log2 logaddexp logaddexp2 logical_and
        logical_not logical_or logical_xor logspace long longdouble longlong lookfor ma
        mask_indices mat matmul matrix matrix_transpose matvec max maximum maximum_sctype
        may_share_memory mean median memmap meshgrid mgrid min min_scalar_type minimum
        mintypecode mod modf moveaxis msort multiply nan nan_to_num nanargmax nanargmin
        nancumprod nancumsum nanmax nanmean nanmedian nanmin nanpercentile nanprod
        nanquantile nanstd nansum nanvar nbytes ndarray ndenumerate ndim ndindex nditer
        negative nested_iters newaxis nextafter nonzero not_equal number obj2sctype object
        object_ ogrid ones ones_like outer packbits pad partition percentile permute_dims pi
        piecewise place poly poly1d polyadd polyder polydiv polyfit polyint polymul
        polynomial polysub polyval positive pow power printoptions prod product
        promote_types ptp put put_along_axis putmask quantile r_ rad2deg radians random rank
        ravel ravel_multi_index real real_if_close rec recarray recfromcsv recfromtxt
        reciprocal record remainder repeat require reshape resize result_type right_shift
        rint roll rollaxis roots rot90 round round_ row_stack s_ safe_eval save savetxt
        savez savez_compressed sctype2char sctypeDict sctypes searchsorted select
        set_numeric_ops set_printoptions set_string_function setbufsize setdiff1d seterr
        seterrcall seterrobj setxor1d shape shares_memory short show_config show_runtime
        sign signbit signedinteger sin sinc single sinh size sometrue sort sort_complex
        source spacing split sqrt square squeeze stack std str str_ string_ strings subtract
        sum swapaxes take take_along_axis tan tanh tensordot test testing tile timedelta64
        trace tracemalloc_domain transpose trapezoid trapz tri tril tril_indices
        tril_indices_from trim_zeros triu triu_indices triu_indices_from true_divide trunc
        typeDict typecodes typename typing ubyte ufunc uint uint16 uint32 uint64 uint8 uintc
        uintp ulong ulonglong unicode unicode_ union1d unique unique_all unique_counts
        unique_inverse unique_values unpackbits unravel_index unsignedinteger unstack unwrap
        ushort vander var vdot vecdot vecmat vectorize void vsplit vstack where who zeros
        zeros_like
    """,
    "numpy.linalg": """
        LinAlgError cholesky cond cross det diagonal eig eigh eigvals eigvalsh inv lstsq
        matmul matrix_norm matrix_power matrix_rank matrix_transpose multi_dot norm outer
        pinv qr slogdet solve svd svdvals tensordot tensorinv tensorsolve trace vecdot
        vector_norm
    """,
    "numpy.random": """
        BitGenerator Generator MT19937 PCG64 PCG64DXSM Philox RandomState SFC64 SeedSequence
        beta binomial bytes chisquare choice default_rng dirichlet exponential f gamma
        geometric get_state gumbel hypergeometric laplace logistic lognormal logseries
        multinomial multivariate_normal negative_binomial noncentral_chisquare noncentral_f
        normal pareto permutation poisson power rand randint randn random random_integers
        random_sample ranf rayleigh sample seed set_state shuffle standard_cauchy
        standard_exponential standard_gamma standard_normal standard_t triangular uniform
        vonmises wald weibull zipf
    """,
    "operator": """
        abs add and_ attrgetter call concat contains countOf delitem eq floordiv ge getitem
        gt iadd iand iconcat ifloordiv ilshift imatmul imod imul index indexOf inv invert
        ior ipow irshift is_ is_not isub itemgetter itruediv ixor le length_hint lshift lt
        matmul methodcaller mod mul ne neg not_ or_ pos pow rshift setitem sub truediv truth
        xor
    """,
    "os": """
        CLD_CONTINUED CLD_DUMPED CLD_EXITED CLD_KILLED CLD_STOPPED CLD_TRAPPED DirEntry
        EFD_CLOEXEC EFD_NONBLOCK EFD_SEMAPHORE EX_CANTCREAT EX_CONFIG EX_DATAERR EX_IOERR
        EX_NOHOST EX_NOINPUT EX_NOPERM EX_NOUSER EX_OK EX_OSERR EX_OSFILE EX_PROTOCOL
        EX_SOFTWARE EX_TEMPFAIL EX_UNAVAILABLE EX_USAGE F_LOCK F_OK F_TEST F_TLOCK F_ULOCK
        GRND_NONBLOCK GRND_RANDOM MFD_ALLOW_SEALING MFD_CLOEXEC MFD_HUGETLB MFD_HUGE_16GB
        MFD_HUGE_16MB MFD_HUGE_1GB MFD_HUGE_1MB MFD_HUGE_256MB MFD_HUGE_2GB MFD_HUGE_2MB
        MFD_HUGE_32MB MFD_HUGE_512KB MFD_HUGE_512MB MFD_HUGE_64KB MFD_HUGE_8MB MFD_HUGE_MASK
        MFD_HUGE_SHIFT NGROUPS_MAX O_ACCMODE O_APPEND O_ASYNC O_CLOEXEC O_CREAT O_DIRECT
        O_DIRECTORY O_DSYNC O_EXCL O_FSYNC O_LARGEFILE O_NDELAY O_NOATIME O_NOCTTY
        O_NOFOLLOW O_NONBLOCK O_PATH O_RDONLY O_RDWR O_RSYNC O_SYNC O_TMPFILE O_TRUNC
        O_WRONLY POSIX_FADV_DONTNEED POSIX_FADV_NOREUSE POSIX_FADV_NORMAL POSIX_FADV_RANDOM
        POSIX_FADV_SEQUENTIAL POSIX_FADV_WILLNEED POSIX_SPAWN_CLOSE POSIX_SPAWN_DUP2
        POSIX_SPAWN_OPEN PRIO_PGRP PRIO_PROCESS PRIO_USER P_ALL P_NOWAIT P_NOWAITO P_PGID
        P_PID P_PIDFD P_WAIT RTLD_DEEPBIND RTLD_GLOBAL RTLD_LAZY RTLD_LOCAL RTLD_NODELETE
        RTLD_NOLOAD RTLD_NOW RWF_APPEND RWF_DSYNC RWF_HIPRI RWF_NOWAIT RWF_SYNC R_OK
        SCHED_BATCH SCHED_FIFO SCHED_IDLE SCHED_OTHER SCHED_RESET_ON_FORK SCHED_RR SEEK_CUR
        SEEK_DATA SEEK_END SEEK_HOLE SEEK_SET SPLICE_F_MORE SPLICE_F_MOVE SPLICE_F_NONBLOCK
        ST_APPEND ST_MANDLOCK ST_NOATIME ST_NODEV ST_NODIRATIME ST_NOEXEC ST_NOSUID
        ST_RDONLY ST_RELATIME ST_SYNCHRONOUS ST_WRITE TMP_MAX WCONTINUED WCOREDUMP WEXITED
        WEXITSTATUS WIFCONTINUED WIFEXITED WIFSIGNALED WIFSTOPPED WNOHANG WNOWAIT WSTOPPED
        WSTOPSIG WTERMSIG WUNTRACED W_OK XATTR_CREATE XATTR_REPLACE XATTR_SIZE_MAX X_OK
        _exit abort access altsep chdir chmod chown chroot close closerange confstr
        confstr_names copy_file_range cpu_count ctermid curdir defpath device_encoding
        devnull dup dup2 environ environb error eventfd eventfd_read eventfd_write execl
        execle execlp execlpe execv execve execvp execvpe extsep fchdir fchmod fchown
        fdatasync fdopen fork forkpty fpathconf fsdecode fsencode fspath fstat fstatvfs
        fsync ftruncate fwalk get_blocking get_exec_path get_inheritable get_terminal_size
        getcwd getcwdb getegid getenv getenvb geteuid getgid getgrouplist getgroups
        getloadavg getlogin getpgid getpgrp getpid getppid getpriority getrandom getresgid
        getresuid getsid getuid getxattr initgroups isatty kill killpg lchown linesep link
        listdir listxattr lockf login_tty lseek lstat major makedev makedirs memfd_create
        minor mkdir mkfifo mknod name nice open openpty pardir path pathconf pathconf_names
        pathsep pidfd_open pipe pipe2 popen posix_fadvise posix_fallocate posix_spawn
        posix_spawnp pread preadv putenv pwrite pwritev read readlink readv register_at_fork
        remove removedirs removexattr rename renames replace rmdir scandir
        sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getparam
        sched_getscheduler sched_param sched_rr_get_interval sched_setaffinity
        sched_setparam sched_setscheduler sched_yield sendfile sep set_blocking
        set_inheritable setegid seteuid setgid setgroups setpgid setpgrp setpriority
        setregid setresgid setresuid setreuid setsid setuid setxattr spawnl spawnle spawnlp
        spawnlpe spawnv spawnve spawnvp spawnvpe splice stat stat_result statvfs
        statvfs_result strerror supports_bytes_environ symlink sync sysconf sysconf_names
        system tcgetpgrp tcsetpgrp terminal_size times times_result truncate ttyname umask
        uname uname_result unlink unsetenv urandom utime wait wait3 wait4 waitid
        waitid_result waitpid waitstatus_to_exitcode walk write writev
    """,
    "os.path": """
        abspath altsep basename commonpath commonprefix curdir defpath devnull dirname
        exists expanduser expandvars extsep getatime getctime getmtime getsize isabs isdir
        isfile islink ismount join lexists normcase normpath pardir pathsep realpath relpath
        samefile sameopenfile samestat sep split splitdrive splitext
        supports_unicode_filenames
    """,
    "pathlib": """
        Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath
    """,
    "pylab": """
        AbstractContextManager Annotation Arrow Artist AutoLocator AxLine Axes BackendFilter
        BitGenerator Button Circle Colorizer ColorizingArtist Colormap DAILY DataSource
        DateFormatter DateLocator DayLocator Enum ExitStack FR False_ Figure FigureBase
        FigureCanvasBase FigureManagerBase FixedFormatter FixedLocator FormatStrFormatter
        Formatter FuncFormatter Generator GridSpec HOURLY HourLocator IO IndexLocator Inf
        Infinity LinAlgError Line2D LinearLocator Locator LogFormatter LogFormatterExponent
        LogFormatterMathtext LogLocator MINUTELY MO MONTHLY MT19937 MachAr MaxNLocator
        MinuteLocator MonthLocator MouseButton MultipleLocator NINF NZERO NaN Normalize
        NullFormatter NullLocator PCG64 PCG64DXSM PINF PZERO Philox PolarAxes Polygon
        RRuleLocator RandomState Rectangle SA SECONDLY SFC64 SU ScalarFormatter ScalarType
        SecondLocator SeedSequence Slider Subplot SubplotSpec TH TU TYPE_CHECKING Text
        TickHelper True_ WE WEEKLY WeekdayLocator Widget YEARLY YearLocator abs absolute
        acorr acos acosh add add_docstring add_newdoc add_newdoc_ufunc alen all allclose
        alltrue amax amin angle angle_spectrum annotate annotations any append
        apply_along_axis apply_over_axes arange arccos arccosh arcsin arcsinh arctan arctan2
        arctanh argmax argmin argpartition argsort argwhere around array array2string
        array_equal array_equiv array_repr array_split array_str arrow asanyarray asarray
        asarray_chkfinite ascontiguousarray asfarray asfortranarray asin asinh asmatrix
        asscalar astype atan atan2 atanh atleast_1d atleast_2d atleast_3d autoscale autumn
        available_backends average axes axhline axhspan axis axline axvline axvspan
        backend_registry bar bar_label barbs barh bartlett base_repr beta binary_repr
        bincount binomial bitwise_and bitwise_count bitwise_invert bitwise_left_shift
        bitwise_not bitwise_or bitwise_right_shift bitwise_xor blackman block bmat bone bool
        bool_ box boxplot broadcast broadcast_arrays broadcast_shapes broadcast_to
        broken_barh busday_count busday_offset busdaycalendar byte byte_bounds bytes bytes_
        c_ can_cast cast cbook cbrt cdouble ceil cfloat char character chararray chisquare
        choice cholesky choose cla clabel clf clim clip clongdouble close cm cohere
        color_sequences colorbar colormaps column_stack common_type compare_chararrays
        compat complex complex128 complex256 complex64 complex_ complexfloating compress
        concat concatenate cond conj conjugate connect contour contourf convolve cool copper
        copy copysign copyto core corrcoef correlate cos cosh count_nonzero cov cross csd
        csingle ctypeslib cumprod cumproduct cumsum cumulative_prod cumulative_sum cycler
        date2num datestr2num datetime datetime64 datetime_as_string datetime_data
        default_rng deg2rad degrees delaxes delete deprecate deprecate_with_doc det detrend
        detrend_linear detrend_mean detrend_none diag diag_indices diag_indices_from
        diagflat diagonal diff digitize dirichlet disconnect disp divide divmod dot double
        drange draw draw_all draw_if_interactive dsplit dstack dtype dtypes e ecdf ediff1d
        eig eigh eigvals eigvalsh einsum einsum_path emath empty empty_like equal errorbar
        errstate euler_gamma eventplot exceptions exp exp2 expand_dims expm1 exponential
        extract eye f f2py fabs fastCopyAndTranspose fft fft2 fftfreq fftn fftshift
        figaspect figimage figlegend fignum_exists figtext figure fill fill_between
        fill_betweenx fill_diagonal find_common_type findobj finfo fix flag flatiter
        flatnonzero flatten flexible flip fliplr flipud float float128 float16 float32
        float64 float_ float_power floating floor floor_divide fmax fmin fmod
        format_float_positional format_float_scientific format_parser frexp from_dlpack
        frombuffer fromfile fromfunction fromiter frompyfunc fromregex fromstring full
        full_like functools gamma gca gcd gcf gci generic genfromtxt geometric geomspace get
        get_backend get_cmap get_current_fig_manager get_figlabels get_fignums get_include
        get_plot_commands get_printoptions get_scale_names get_state getbufsize geterr
        geterrcall geterrobj getp ginput gradient gray greater greater_equal grid
        grouped_bar gumbel half hamming hanning heaviside hexbin hfft hist hist2d histogram
        histogram2d histogram_bin_edges histogramdd hlines hot hsplit hstack hsv
        hypergeometric hypot i0 identity ifft ifft2 ifftn ifftshift ihfft iinfo imag
        importlib imread imsave imshow in1d index_exp indices inexact inf inferno info infty
        inner insert inspect install_repl_displayhook int int16 int32 int64 int8 int_ intc
        integer interactive interp intersect1d intp inv invert ioff ion irfft irfft2 irfftn
        is_busday isclose iscomplex iscomplexobj isdtype isfinite isfortran isin isinf
        isinteractive isnan isnat isneginf isposinf isreal isrealobj isscalar issctype
        issubclass_ issubdtype issubsctype iterable ix_ jet kaiser kron laplace lcm ldexp
        left_shift legend less less_equal lexsort lib linalg linspace little_endian load
        loadtxt locator_params log log10 log1p log2 logaddexp logaddexp2 logging logical_and
        logical_not logical_or logical_xor logistic loglog lognormal logseries logspace long
        longdouble longlong lookfor lstsq ma magma magnitude_spectrum margins mask_indices
        mat matmul matplotlib matrix matrix_norm matrix_power matrix_rank matrix_transpose
        matshow matvec max maximum maximum_sctype may_share_memory mean median memmap
        meshgrid mgrid min min_scalar_type minimum minorticks_off minorticks_on mintypecode
        mlab mod modf moveaxis mpl msort multi_dot multinomial multiply multivariate_normal
        nan nan_to_num nanargmax nanargmin nancumprod nancumsum nanmax nanmean nanmedian
        nanmin nanpercentile nanprod nanquantile nanstd nansum nanvar nbytes ndarray
        ndenumerate ndim ndindex nditer negative negative_binomial nested_iters
        new_figure_manager newaxis nextafter nipy_spectral noncentral_chisquare noncentral_f
        nonzero norm normal not_equal np num2date number obj2sctype object object_ ogrid
        ones ones_like outer overload packbits pad pareto partition pause pcolor pcolormesh
        percentile permutation permute_dims phase_spectrum pi pie pie_label piecewise pink
        pinv place plasma plot plt poisson polar poly poly1d polyadd polyder polydiv polyfit
        polyint polymul polynomial polysub polyval positive pow power printoptions prism
        prod product promote_types psd ptp put put_along_axis putmask qr quantile quiver
        quiverkey r_ rad2deg radians rand randint randn random random_integers random_sample
        ranf rank ravel ravel_multi_index rayleigh rc rcParams rcParamsDefault rcParamsOrig
        rc_context rcdefaults rcsetup real real_if_close rec recarray recfromcsv recfromtxt
        reciprocal record relativedelta remainder repeat requested_backend require reshape
        resize result_type rfft rfft2 rfftfreq rfftn rgrids right_shift rint roll rollaxis
        roots rot90 round round_ row_stack rrule s_ safe_eval sample save savefig savetxt
        savez savez_compressed sca scatter sci sctype2char sctypeDict sctypes searchsorted
        seed select semilogx semilogy set_cmap set_loglevel set_numeric_ops set_printoptions
        set_state set_string_function setbufsize setdiff1d seterr seterrcall seterrobj setp
        setxor1d shape shares_memory short show show_config show_runtime shuffle sign
        signbit signedinteger silent_list sin sinc single sinh size slogdet solve sometrue
        sort sort_complex source spacing specgram split spring spy sqrt square squeeze stack
        stackplot stairs standard_cauchy standard_exponential standard_gamma standard_normal
        standard_t std stem step str str_ streamplot string_ strings style subplot
        subplot2grid subplot_mosaic subplot_tool subplots subplots_adjust subtract sum
        summer suptitle svd svdvals swapaxes switch_backend sys table take take_along_axis
        tan tanh tensordot tensorinv tensorsolve test testing text thetagrids threading
        tick_params ticklabel_format tight_layout tile time timedelta64 title trace
        tracemalloc_domain transpose trapezoid trapz tri triangular tricontour tricontourf
        tril tril_indices tril_indices_from trim_zeros tripcolor triplot triu triu_indices
        triu_indices_from true_divide trunc twinx twiny typeDict typecodes typename typing
        ubyte ufunc uint uint16 uint32 uint64 uint8 uintc uintp ulong ulonglong unicode
        unicode_ uniform uninstall_repl_displayhook union1d unique unique_all unique_counts
        unique_inverse unique_values unpackbits unravel_index unsignedinteger unstack unwrap
        ushort vander var vdot vecdot vecmat vector_norm vectorize violinplot viridis vlines
        void vonmises vsplit vstack waitforbuttonpress wald weibull where who window_hanning
        window_none winter xcorr xkcd xlabel xlim xscale xticks ylabel ylim yscale yticks
        zeros zeros_like zipf
    """,
    "queue": """
        Empty Full LifoQueue PriorityQueue Queue SimpleQueue
    """,
    "random": """
        Random SystemRandom betavariate choice choices expovariate gammavariate gauss
        getrandbits getstate lognormvariate normalvariate paretovariate randbytes randint
        random randrange sample seed setstate shuffle triangular uniform vonmisesvariate
        weibullvariate
    """,
    "re": """
        A ASCII DOTALL I IGNORECASE L LOCALE M MULTILINE Match NOFLAG Pattern RegexFlag S U
        UNICODE VERBOSE X compile error escape findall finditer fullmatch match purge search
        split sub subn template
    """,
    "scipy.linalg": """
        LinAlgError LinAlgWarning bandwidth basic blas block_diag cdf2rdf cho_factor
        cho_solve cho_solve_banded cholesky cholesky_banded circulant
        clarkson_woodruff_transform companion convolution_matrix coshm cosm cossin
        cython_blas cython_lapack decomp decomp_cholesky decomp_lu decomp_qr decomp_schur
        decomp_svd det dft diagsvd eig eig_banded eigh eigh_tridiagonal eigvals
        eigvals_banded eigvalsh eigvalsh_tridiagonal expm expm_cond expm_frechet fiedler
        fiedler_companion find_best_blas_type fractional_matrix_power funm get_blas_funcs
        get_lapack_funcs hadamard hankel helmert hessenberg hilbert inv invhilbert invpascal
        ishermitian issymmetric khatri_rao lapack ldl leslie logm lstsq lu lu_factor
        lu_solve matfuncs matmul_toeplitz matrix_balance misc norm null_space ordqz orth
        orthogonal_procrustes pascal pinv pinvh polar qr qr_delete qr_insert qr_multiply
        qr_update qz rq rsf2csf schur signm sinhm sinm solve solve_banded solve_circulant
        solve_continuous_are solve_continuous_lyapunov solve_discrete_are
        solve_discrete_lyapunov solve_lyapunov solve_sylvester solve_toeplitz
        solve_triangular solveh_banded special_matrices sqrtm subspace_angles svd svdvals
        tanhm tanm toeplitz
    """,
    "scipy.stats": """
        Binomial BootstrapMethod CensoredData ConstantInputWarning Covariance
        DegenerateDataWarning FitError Logistic Mixture MonteCarloMethod
        NearConstantInputWarning Normal PermutationMethod Uniform abs alexandergovern alpha
        anderson anderson_ksamp anglit ansari arcsine argus barnard_exact bartlett bayes_mvs
        bernoulli beta betabinom betanbinom betaprime biasedurn binned_statistic
        binned_statistic_2d binned_statistic_dd binom binomtest boltzmann bootstrap
        boschloo_exact boxcox boxcox_llf boxcox_normmax boxcox_normplot bradford
        brunnermunzel burr burr12 bws_test cauchy chatterjeexi chi chi2 chi2_contingency
        chisquare circmean circstd circvar combine_pvalues contingency cosine cramervonmises
        cramervonmises_2samp crystalball cumfreq describe dgamma differential_entropy
        directional_stats dirichlet dirichlet_multinomial distributions dlaplace
        dpareto_lognorm dunnett dweibull ecdf energy_distance entropy epps_singleton_2samp
        erlang exp expectile expon exponnorm exponpow exponweib f f_oneway
        false_discovery_control fatiguelife fisher_exact fisk fit fligner foldcauchy
        foldnorm friedmanchisquare gamma gausshyper gaussian_kde genexpon genextreme
        gengamma genhalflogistic genhyperbolic geninvgauss genlogistic gennorm genpareto
        geom gibrat gmean gompertz goodness_of_fit gstd gumbel_l gumbel_r gzscore halfcauchy
        halfgennorm halflogistic halfnorm hmean hypergeom hypsecant invgamma invgauss
        invweibull invwishart iqr irwinhall jarque_bera jf_skew_t johnsonsb johnsonsu kappa3
        kappa4 kde kendalltau kruskal ks_1samp ks_2samp ksone kstat kstatvar kstest kstwo
        kstwobign kurtosis kurtosistest landau laplace laplace_asymmetric levene levy levy_l
        levy_stable linregress lmoment log loggamma logistic loglaplace lognorm logrank
        logser loguniform lomax make_distribution mannwhitneyu matrix_normal matrix_t
        maxwell median_abs_deviation median_test mielke mode moment monte_carlo_test mood
        morestats moyal mstats mstats_basic mstats_extras multinomial multiscale_graphcorr
        multivariate_hypergeom multivariate_normal multivariate_t mvn mvsdist nakagami
        nbinom ncf nchypergeom_fisher nchypergeom_wallenius nct ncx2 nhypergeom norm
        normal_inverse_gamma normaltest norminvgauss obrientransform order_statistic
        ortho_group page_trend_test pareto pearson3 pearsonr percentileofscore
        permutation_test planck pmean pointbiserialr poisson poisson_binom
        poisson_means_test power power_divergence powerlaw powerlognorm powernorm ppcc_max
        ppcc_plot probplot qmc quantile quantile_test randint random_correlation
        random_table rankdata ranksums rayleigh rdist recipinvgauss reciprocal
        rel_breitwigner relfreq rice rv_continuous rv_discrete rv_histogram
        scoreatpercentile sem semicircular shapiro siegelslopes sigmaclip skellam skew
        skewcauchy skewnorm skewtest sobol_indices somersd spearmanr spearmanrho
        special_ortho_group stats studentized_range t theilslopes tiecorrect tmax tmean tmin
        trapezoid triang trim1 trim_mean trimboth truncate truncexpon truncnorm truncpareto
        truncweibull_min tsem tstd ttest_1samp ttest_ind ttest_ind_from_stats ttest_rel
        tukey_hsd tukeylambda tvar uniform uniform_direction unitary_group variation
        vonmises vonmises_fisher vonmises_line wald wasserstein_distance
        wasserstein_distance_nd weibull_max weibull_min weightedtau wilcoxon wishart
        wrapcauchy yeojohnson yeojohnson_llf yeojohnson_normmax yeojohnson_normplot
        yulesimon zipf zipfian zmap zscore
    """,
    "socket": """
        AF_ALG AF_APPLETALK AF_ASH AF_ATMPVC AF_ATMSVC AF_AX25 AF_BRIDGE AF_CAN AF_DECnet
        AF_ECONET AF_INET AF_INET6 AF_IPX AF_IRDA AF_KEY AF_LLC AF_NETBEUI AF_NETLINK
        AF_NETROM AF_PACKET AF_PPPOX AF_QIPCRTR AF_RDS AF_ROSE AF_ROUTE AF_SECURITY AF_SNA
        AF_TIPC AF_UNIX AF_UNSPEC AF_VSOCK AF_WANPIPE AF_X25 AI_ADDRCONFIG AI_ALL
        AI_CANONNAME AI_NUMERICHOST AI_NUMERICSERV AI_PASSIVE AI_V4MAPPED ALG_OP_DECRYPT
        ALG_OP_ENCRYPT ALG_OP_SIGN ALG_OP_VERIFY ALG_SET_AEAD_ASSOCLEN ALG_SET_AEAD_AUTHSIZE
        ALG_SET_IV ALG_SET_KEY ALG_SET_OP ALG_SET_PUBKEY AddressFamily CAN_BCM
        CAN_BCM_CAN_FD_FRAME CAN_BCM_RX_ANNOUNCE_RESUME CAN_BCM_RX_CHANGED
        CAN_BCM_RX_CHECK_DLC CAN_BCM_RX_DELETE CAN_BCM_RX_FILTER_ID CAN_BCM_RX_NO_AUTOTIMER
        CAN_BCM_RX_READ CAN_BCM_RX_RTR_FRAME CAN_BCM_RX_SETUP CAN_BCM_RX_STATUS
        CAN_BCM_RX_TIMEOUT CAN_BCM_SETTIMER CAN_BCM_STARTTIMER CAN_BCM_TX_ANNOUNCE
        CAN_BCM_TX_COUNTEVT CAN_BCM_TX_CP_CAN_ID CAN_BCM_TX_DELETE CAN_BCM_TX_EXPIRED
        CAN_BCM_TX_READ CAN_BCM_TX_RESET_MULTI_IDX CAN_BCM_TX_SEND CAN_BCM_TX_SETUP
        CAN_BCM_TX_STATUS CAN_EFF_FLAG CAN_EFF_MASK CAN_ERR_FLAG CAN_ERR_MASK CAN_ISOTP
        CAN_J1939 CAN_RAW CAN_RAW_FD_FRAMES CAN_RAW_FILTER CAN_RAW_JOIN_FILTERS
        CAN_RAW_LOOPBACK CAN_RAW_RECV_OWN_MSGS CAN_RTR_FLAG CAN_SFF_MASK CAPI CMSG_LEN
        CMSG_SPACE EAI_ADDRFAMILY EAI_AGAIN EAI_BADFLAGS EAI_FAIL EAI_FAMILY EAI_MEMORY
        EAI_NODATA EAI_NONAME EAI_OVERFLOW EAI_SERVICE EAI_SOCKTYPE EAI_SYSTEM
        INADDR_ALLHOSTS_GROUP INADDR_ANY INADDR_BROADCAST INADDR_LOOPBACK
        INADDR_MAX_LOCAL_GROUP INADDR_NONE INADDR_UNSPEC_GROUP
        IOCTL_VM_SOCKETS_GET_LOCAL_CID IPPORT_RESERVED IPPORT_USERRESERVED IPPROTO_AH
        IPPROTO_DSTOPTS IPPROTO_EGP IPPROTO_ESP IPPROTO_FRAGMENT IPPROTO_GRE IPPROTO_HOPOPTS
        IPPROTO_ICMP IPPROTO_ICMPV6 IPPROTO_IDP IPPROTO_IGMP IPPROTO_IP IPPROTO_IPIP
        IPPROTO_IPV6 IPPROTO_MPTCP IPPROTO_NONE IPPROTO_PIM IPPROTO_PUP IPPROTO_RAW
        IPPROTO_ROUTING IPPROTO_RSVP IPPROTO_SCTP IPPROTO_TCP IPPROTO_TP IPPROTO_UDP
        IPPROTO_UDPLITE IPV6_CHECKSUM IPV6_DONTFRAG IPV6_DSTOPTS IPV6_HOPLIMIT IPV6_HOPOPTS
        IPV6_JOIN_GROUP IPV6_LEAVE_GROUP IPV6_MULTICAST_HOPS IPV6_MULTICAST_IF
        IPV6_MULTICAST_LOOP IPV6_NEXTHOP IPV6_PATHMTU IPV6_PKTINFO IPV6_RECVDSTOPTS
        IPV6_RECVHOPLIMIT IPV6_RECVHOPOPTS IPV6_RECVPATHMTU IPV6_RECVPKTINFO IPV6_RECVRTHDR
        IPV6_RECVTCLASS IPV6_RTHDR IPV6_RTHDRDSTOPTS IPV6_RTHDR_TYPE_0 IPV6_TCLASS
        IPV6_UNICAST_HOPS IPV6_V6ONLY IP_ADD_MEMBERSHIP IP_BIND_ADDRESS_NO_PORT
        IP_DEFAULT_MULTICAST_LOOP IP_DEFAULT_MULTICAST_TTL IP_DROP_MEMBERSHIP IP_HDRINCL
        IP_MAX_MEMBERSHIPS IP_MULTICAST_IF IP_MULTICAST_LOOP IP_MULTICAST_TTL IP_OPTIONS
        IP_RECVOPTS IP_RECVRETOPTS IP_RECVTOS IP_RETOPTS IP_TOS IP_TRANSPARENT IP_TTL
        J1939_EE_INFO_NONE J1939_EE_INFO_TX_ABORT J1939_FILTER_MAX J1939_IDLE_ADDR
        J1939_MAX_UNICAST_ADDR J1939_NLA_BYTES_ACKED J1939_NLA_PAD J1939_NO_ADDR
        J1939_NO_NAME J1939_NO_PGN J1939_PGN_ADDRESS_CLAIMED J1939_PGN_ADDRESS_COMMANDED
        J1939_PGN_MAX J1939_PGN_PDU1_MAX J1939_PGN_REQUEST MSG_CMSG_CLOEXEC MSG_CONFIRM
        MSG_CTRUNC MSG_DONTROUTE MSG_DONTWAIT MSG_EOR MSG_ERRQUEUE MSG_FASTOPEN MSG_MORE
        MSG_NOSIGNAL MSG_OOB MSG_PEEK MSG_TRUNC MSG_WAITALL NETLINK_CRYPTO NETLINK_DNRTMSG
        NETLINK_FIREWALL NETLINK_IP6_FW NETLINK_NFLOG NETLINK_ROUTE NETLINK_USERSOCK
        NETLINK_XFRM NI_DGRAM NI_MAXHOST NI_MAXSERV NI_NAMEREQD NI_NOFQDN NI_NUMERICHOST
        NI_NUMERICSERV PACKET_BROADCAST PACKET_FASTROUTE PACKET_HOST PACKET_LOOPBACK
        PACKET_MULTICAST PACKET_OTHERHOST PACKET_OUTGOING PF_CAN PF_PACKET PF_RDS
        SCM_CREDENTIALS SCM_J1939_DEST_ADDR SCM_J1939_DEST_NAME SCM_J1939_ERRQUEUE
        SCM_J1939_PRIO SCM_RIGHTS SHUT_RD SHUT_RDWR SHUT_WR SOCK_CLOEXEC SOCK_DGRAM
        SOCK_NONBLOCK SOCK_RAW SOCK_RDM SOCK_SEQPACKET SOCK_STREAM SOL_ALG SOL_CAN_BASE
        SOL_CAN_RAW SOL_IP SOL_RDS SOL_SOCKET SOL_TCP SOL_TIPC SOL_UDP SOMAXCONN
        SO_ACCEPTCONN SO_BINDTODEVICE SO_BROADCAST SO_DEBUG SO_DOMAIN SO_DONTROUTE SO_ERROR
        SO_INCOMING_CPU SO_J1939_ERRQUEUE SO_J1939_FILTER SO_J1939_PROMISC
        SO_J1939_SEND_PRIO SO_KEEPALIVE SO_LINGER SO_MARK SO_OOBINLINE SO_PASSCRED
        SO_PASSSEC SO_PEERCRED SO_PEERSEC SO_PRIORITY SO_PROTOCOL SO_RCVBUF SO_RCVLOWAT
        SO_RCVTIMEO SO_REUSEADDR SO_REUSEPORT SO_SNDBUF SO_SNDLOWAT SO_SNDTIMEO SO_TYPE
        SO_VM_SOCKETS_BUFFER_MAX_SIZE SO_VM_SOCKETS_BUFFER_MIN_SIZE
        SO_VM_SOCKETS_BUFFER_SIZE SocketKind SocketType TCP_CONGESTION TCP_CORK
        TCP_DEFER_ACCEPT TCP_FASTOPEN TCP_INFO TCP_KEEPCNT TCP_KEEPIDLE TCP_KEEPINTVL
        TCP_LINGER2 TCP_MAXSEG TCP_NODELAY TCP_NOTSENT_LOWAT TCP_QUICKACK TCP_SYNCNT
        TCP_USER_TIMEOUT TCP_WINDOW_CLAMP TIPC_ADDR_ID TIPC_ADDR_NAME TIPC_ADDR_NAMESEQ
        TIPC_CFG_SRV TIPC_CLUSTER_SCOPE TIPC_CONN_TIMEOUT TIPC_CRITICAL_IMPORTANCE
        TIPC_DEST_DROPPABLE TIPC_HIGH_IMPORTANCE TIPC_IMPORTANCE TIPC_LOW_IMPORTANCE
        TIPC_MEDIUM_IMPORTANCE TIPC_NODE_SCOPE TIPC_PUBLISHED TIPC_SRC_DROPPABLE
        TIPC_SUBSCR_TIMEOUT TIPC_SUB_CANCEL TIPC_SUB_PORTS TIPC_SUB_SERVICE TIPC_TOP_SRV
        TIPC_WAIT_FOREVER TIPC_WITHDRAWN TIPC_ZONE_SCOPE UDPLITE_RECV_CSCOV
        UDPLITE_SEND_CSCOV VMADDR_CID_ANY VMADDR_CID_HOST VMADDR_PORT_ANY
        VM_SOCKETS_INVALID_VERSION close create_connection create_server dup error fromfd
        gaierror getaddrinfo getdefaulttimeout getfqdn gethostbyaddr gethostbyname
        gethostbyname_ex gethostname getnameinfo getprotobyname getservbyname getservbyport
        has_dualstack_ipv6 has_ipv6 herror htonl htons if_indextoname if_nameindex
        if_nametoindex inet_aton inet_ntoa inet_ntop inet_pton ntohl ntohs recv_fds send_fds
        setdefaulttimeout sethostname socket socketpair timeout
    """,
    "statistics": """
        NormalDist StatisticsError correlation covariance fmean geometric_mean harmonic_mean
        linear_regression mean median median_grouped median_high median_low mode multimode
        pstdev pvariance quantiles stdev variance
    """,
    "string": """
        Formatter Template ascii_letters ascii_lowercase ascii_uppercase capwords digits
        hexdigits octdigits printable punctuation whitespace
    """,
    "struct": """
        Struct calcsize error iter_unpack pack pack_into unpack unpack_from
    """,
    "sympy": """
        Abs AccumBounds Add Adjoint AlgebraicField AlgebraicNumber And AppliedPredicate
        Array AssumptionsContext Atom AtomicExpr BasePolynomialError Basic BlockDiagMatrix
        BlockMatrix CC CRootOf Catalan Chi Ci Circle CoercionFailed Complement ComplexField
        ComplexRegion ComplexRootOf Complexes ComputationFailed ConditionSet Contains
        CosineTransform Curve DeferredVector DenseNDimArray Derivative Determinant
        DiagMatrix DiagonalMatrix DiagonalOf Dict DiracDelta DisjointUnion Domain
        DomainError DotProduct Dummy E E1 EPath EX EXRAW Ei Eijk Ellipse EmptySequence
        EmptySet Eq Equality Equivalent EulerGamma EvaluationFailed ExactQuotientFailed Expr
        ExpressionDomain ExtraneousFactors FF FF_gmpy FF_python FU FallingFactorial
        FiniteField FiniteSet FlagError Float FourierTransform FractionField Function
        FunctionClass FunctionMatrix GF GMPYFiniteField GMPYIntegerRing GMPYRationalField Ge
        GeneratorsError GeneratorsNeeded GeometryError GoldenRatio GramSchmidt GreaterThan
        GroebnerBasis Gt HadamardPower HadamardProduct HankelTransform Heaviside
        HeuristicGCDFailed HomomorphismFailed I ITE Id Identity Idx ImageSet
        ImmutableDenseMatrix ImmutableDenseNDimArray ImmutableMatrix ImmutableSparseMatrix
        ImmutableSparseNDimArray Implies Indexed IndexedBase Integer IntegerRing Integers
        Integral Intersection Interval Inverse InverseCosineTransform
        InverseFourierTransform InverseHankelTransform InverseLaplaceTransform
        InverseMellinTransform InverseSineTransform IsomorphismFailed KroneckerDelta
        KroneckerProduct LC LM LT Lambda LambertW LaplaceTransform Le LessThan LeviCivita Li
        Limit Line Line2D Line3D Lt MatAdd MatMul MatPow Matrix MatrixBase MatrixExpr
        MatrixPermute MatrixSlice MatrixSymbol Max MellinTransform Min Mod Monomial Mul
        MultivariatePolynomialError MutableDenseMatrix MutableDenseNDimArray MutableMatrix
        MutableSparseMatrix MutableSparseNDimArray N NDimArray Nand Naturals Naturals0 Ne
        NonSquareMatrixError Nor Not NotAlgebraic NotInvertible NotReversible Number
        NumberSymbol O OmegaPower OneMatrix OperationNotSupported OptionError Options Or
        Order Ordinal POSform Parabola Permanent PermutationMatrix Piecewise Plane Point
        Point2D Point3D PoleError PolificationFailed Poly Polygon PolynomialDivisionFailed
        PolynomialError PolynomialRing Pow PowerSet PrecisionExhausted Predicate Product
        ProductSet PurePoly PythonFiniteField PythonIntegerRing PythonRational Q QQ QQ_I
        QQ_gmpy QQ_python Quaternion RR Range Rational RationalField Rationals Ray Ray2D
        Ray3D RealField RealNumber Reals RefinementFailed RegularPolygon Rel Rem
        RisingFactorial RootOf RootSum S SOPform Segment Segment2D Segment3D SeqAdd
        SeqFormula SeqMul SeqPer Set ShapeError Shi Si Sieve SineTransform
        SingularityFunction SparseMatrix SparseNDimArray StrPrinter StrictGreaterThan
        StrictLessThan Subs Sum Symbol SymmetricDifference SympifyError TableForm Trace
        Transpose Triangle TribonacciConstant Tuple Unequality UnevaluatedExpr
        UnificationFailed Union UnivariatePolynomialError UniversalSet Wild WildFunction Xor
        Ynm Ynm_c ZZ ZZ_I ZZ_gmpy ZZ_python ZeroMatrix Znm __version__ abundance acos acosh
        acot acoth acsc acsch adjoint airyai airyaiprime airybi airybiprime algebras
        all_roots andre apart apart_list appellf1 apply_finite_diff approximants are_similar
        arg arity asec asech asin asinh ask assemble_partfrac_list assoc_laguerre
        assoc_legendre assuming assumptions atan atan2 atanh banded bell bernoulli besseli
        besselj besselk besselsimp bessely beta betainc betainc_regularized binomial
        binomial_coefficients binomial_coefficients_list block_collapse blockcut bool_map
        bottom_up bspline_basis bspline_basis_set cacheit calculus cancel capture carmichael
        cartes casoratian catalan cbrt ccode ceiling centroid chebyshevt chebyshevt_poly
        chebyshevt_root chebyshevu chebyshevu_poly chebyshevu_root check_assumptions
        checkodesol checkpdesol checksol classify_ode classify_pde closest_points cofactors
        collect collect_const combsimp comp compose composite compositepi concrete conjugate
        construct_domain content continued_fraction continued_fraction_convergents
        continued_fraction_iterator continued_fraction_periodic continued_fraction_reduce
        convex_hull convolution cos cosh cosine_transform cot coth count_ops count_roots
        covering_product csc csch cse cxxcode cycle_length cyclotomic_poly decompogen
        decompose default_sort_key deg degree degree_list denom derive_by_array det
        det_quick diag diagonalize_vector dict_merge diff difference_delta
        differentiate_finite digamma diophantine dirichlet_eta discrete discrete_log
        discriminant div divisor_count divisor_sigma divisors doctest dotprint dsolve
        egyptian_fraction elliptic_e elliptic_f elliptic_k elliptic_pi epath erf erf2
        erf2inv erfc erfcinv erfi erfinv euler euler_equations evalf evaluate exp exp_polar
        expand expand_complex expand_func expand_log expand_mul expand_multinomial
        expand_power_base expand_power_exp expand_trig expint exptrigsimp exquo external eye
        factor factor_cache factor_list factor_nc factor_system factor_terms factorial
        factorial2 factorint factorrat failing_assumptions false farthest_points fcode ff
        fft fibonacci field field_isomorphism filldedent finite_diff_weights flatten floor
        fourier_series fourier_transform fps frac fraction fresnelc fresnels fu functions
        fwht galois_group gamma gammasimp gcd gcd_list gcd_terms gcdex gegenbauer genocchi
        geometry get_contraction_structure get_indices gff gff_list glsl_code grevlex grlex
        groebner ground_roots group gruntz hadamard_product half_gcdex hankel1 hankel2
        hankel_transform harmonic has_dups has_variety hermite hermite_poly hermite_prob
        hermite_prob_poly hessian hn1 hn2 homogeneous_order horner hyper hyperexpand
        hypersimilar hypersimp idiff ifft ifwht igcd igrevlex igrlex ilcm ilex im imageset
        init_printing init_session integer_log integer_nthroot integrate interactive
        interactive_traversal interpolate interpolating_poly interpolating_spline
        intersecting_product intersection intervals intt inv_quick inverse_cosine_transform
        inverse_fourier_transform inverse_hankel_transform inverse_laplace_transform
        inverse_mellin_transform inverse_mobius_transform inverse_sine_transform invert
        is_abundant is_amicable is_carmichael is_convex is_decreasing is_deficient
        is_increasing is_mersenne_prime is_monotonic is_nthpow_residue is_perfect
        is_primitive_root is_quad_residue is_strictly_decreasing is_strictly_increasing
        is_zero_dimensional isolate isprime itermonomials jacobi jacobi_normalized
        jacobi_poly jacobi_symbol jn jn_zeros jordan_cell jscode julia_code
        kronecker_product kronecker_symbol kroneckersimp laguerre laguerre_poly lambdify
        laplace_correspondence laplace_initial_conds laplace_transform latex lcm lcm_list
        legendre legendre_poly legendre_symbol lerchphi lex li limit limit_seq
        line_integrate linear_eq_to_matrix linsolve list2numpy ln log logcombine loggamma
        lowergamma lucas maple_code marcumq mathematica_code mathieuc mathieucprime mathieus
        mathieusprime mathml matrix2numpy matrix_multiply_elementwise matrix_symbols maximum
        meijerg mellin_transform memoize_property mersenne_prime_exponent minimal_polynomial
        minimum minpoly mobius mobius_transform mod_inverse monic motzkin multigamma
        multiline_latex multinomial_coefficients multipledispatch multiplicity n_order nan
        nextprime nfloat nonlinsolve not_empty_in npartitions nroots nsimplify nsolve
        nth_power_roots_poly ntheory nthroot_mod ntt num_digits numbered_symbols numer
        octave_code ode_order ones oo ord0 ordered pager_print parallel_poly_from_expr
        parse_expr parsing partition pde_separate pde_separate_add pde_separate_mul pdiv
        pdsolve per perfect_power periodic_argument periodicity permutedims pexquo pi
        piecewise_exclusive piecewise_fold plot plot_backends plot_implicit plot_parametric
        plotting polar_lift polarify pollard_pm1 pollard_rho poly poly_from_expr polygamma
        polylog polys posify postfixes postorder_traversal powdenest powsimp pprint
        pprint_try_use_unicode pprint_use_unicode pquo prefixes prem preorder_traversal
        pretty pretty_print preview prevprime prime prime_decomp prime_valuation
        primefactors primenu primeomega primepi primerange primitive primitive_element
        primitive_root primorial principal_branch print_ccode print_fcode print_glsl
        print_gtk print_jscode print_latex print_maple_code print_mathml print_python
        print_rcode print_tree printing prod product proper_divisor_count proper_divisors
        public pycode python quadratic_congruence quadratic_residues quo rad radsimp
        randMatrix random_poly randprime rational_interpolate ratsimp ratsimpmodprime rcode
        rcollect re real_root real_roots reduce_abs_inequalities reduce_abs_inequality
        reduce_inequalities reduced reduced_totient refine refine_root register_handler
        release rem remove_handler reshape residue resultant rf riemann_xi ring root rootof
        roots rot_axis1 rot_axis2 rot_axis3 rot_ccw_axis1 rot_ccw_axis2 rot_ccw_axis3
        rot_givens rotations round_two rsolve rsolve_hyper rsolve_poly rsolve_ratio
        rust_code satisfiable sec sech separatevars sequence series seterr sfield shape
        sieve sift sign signsimp simplify simplify_logic sin sinc sine_transform
        singularities singularityintegrate sinh smtlib_code solve solve_linear
        solve_linear_system solve_linear_system_LU solve_poly_inequality solve_poly_system
        solve_rational_inequalities solve_triangulated solve_undetermined_coeffs
        solve_univariate_inequality solveset sqf sqf_list sqf_norm sqf_part sqrt sqrt_mod
        sqrt_mod_iter sqrtdenest srepr sring sstr sstrrepr stationary_points stieltjes
        strategies sturm subfactorial subresultants subsets substitution summation
        swinnerton_dyer_poly symarray symbols symmetric_poly symmetrize sympify take tan
        tanh tensor tensorcontraction tensordiagonal tensorproduct terms_gcd test textplot
        threaded timed to_cnf to_dnf to_nnf to_number_field together topological_sort
        total_degree totient trace trailing transpose tribonacci trigamma trigsimp true
        trunc unbranched_argument unflatten unpolarify uppergamma use utilities var
        variations vectorize vfield viete vring wronskian xfield xring xthreaded yn zeros
        zeta zoo
    """,
    "sys": """
        abiflags addaudithook api_version argv audit base_exec_prefix base_prefix
        breakpointhook builtin_module_names byteorder call_tracing copyright displayhook
        dont_write_bytecode exc_info excepthook exception exec_prefix executable exit flags
        float_info float_repr_style get_asyncgen_hooks get_coroutine_origin_tracking_depth
        get_int_max_str_digits getallocatedblocks getdefaultencoding getdlopenflags
        getfilesystemencodeerrors getfilesystemencoding getprofile getrecursionlimit
        getrefcount getsizeof getswitchinterval gettrace hash_info hexversion implementation
        int_info intern is_finalizing maxsize maxunicode meta_path modules orig_argv path
        path_hooks path_importer_cache platform platlibdir prefix pycache_prefix
        set_asyncgen_hooks set_coroutine_origin_tracking_depth set_int_max_str_digits
        setdlopenflags setprofile setrecursionlimit setswitchinterval settrace stderr stdin
        stdlib_module_names stdout thread_info unraisablehook version version_info
        warnoptions
    """,
    "threading": """
        Barrier BoundedSemaphore BrokenBarrierError Condition Event ExceptHookArgs Lock
        RLock Semaphore TIMEOUT_MAX Thread ThreadError Timer active_count current_thread
        enumerate excepthook get_ident get_native_id getprofile gettrace local main_thread
        setprofile settrace stack_size
    """,
    "time": """
        CLOCK_BOOTTIME CLOCK_MONOTONIC CLOCK_MONOTONIC_RAW CLOCK_PROCESS_CPUTIME_ID
        CLOCK_REALTIME CLOCK_TAI CLOCK_THREAD_CPUTIME_ID altzone asctime clock_getres
        clock_gettime clock_gettime_ns clock_settime clock_settime_ns ctime daylight
        get_clock_info gmtime localtime mktime monotonic monotonic_ns perf_counter
        perf_counter_ns process_time process_time_ns pthread_getcpuclockid sleep strftime
        strptime struct_time thread_time thread_time_ns time time_ns timezone tzname tzset
    """,
    "tkinter": """
        ACTIVE ALL ANCHOR ARC BASELINE BEVEL BOTH BOTTOM BROWSE BUTT BaseWidget BitmapImage
        BooleanVar Button CASCADE CENTER CHAR CHECKBUTTON CHORD COMMAND CURRENT CallWrapper
        Canvas Checkbutton DISABLED DOTBOX DoubleVar E END EW EXCEPTION EXTENDED Entry Event
        EventType FALSE FIRST FLAT Frame GROOVE Grid HIDDEN HORIZONTAL INSERT INSIDE Image
        IntVar LAST LEFT Label LabelFrame Listbox MITER MOVETO MULTIPLE Menu Menubutton
        Message Misc N NE NO NONE NORMAL NS NSEW NUMERIC NW NoDefaultRoot OFF ON OUTSIDE
        OptionMenu PAGES PIESLICE PROJECTING Pack PanedWindow PhotoImage Place RADIOBUTTON
        RAISED READABLE RIDGE RIGHT ROUND Radiobutton S SCROLL SE SEL SEL_FIRST SEL_LAST
        SEPARATOR SINGLE SOLID SUNKEN SW Scale Scrollbar Spinbox StringVar TOP TRUE Tcl
        TclError TclVersion Text Tk TkVersion Toplevel UNDERLINE UNITS VERTICAL Variable W
        WORD WRITABLE Widget Wm X XView Y YES YView getboolean getdouble getint image_names
        image_types mainloop
    """,
    "tkinter.ttk": """
        Button Checkbutton Combobox Entry Frame Label LabelFrame LabeledScale Labelframe
        Menubutton Notebook OptionMenu PanedWindow Panedwindow Progressbar Radiobutton Scale
        Scrollbar Separator Sizegrip Spinbox Style Treeview setup_master tclobjs_to_py
    """,
    "turtle": """
        Pen RawPen RawTurtle Screen ScrolledCanvas Shape Terminator Turtle TurtleScreen
        Vec2D addshape back backward begin_fill begin_poly bgcolor bgpic bk bye circle clear
        clearscreen clearstamp clearstamps clone color colormode degrees delay distance done
        dot down end_fill end_poly exitonclick fd fillcolor filling forward get_poly
        get_shapepoly getcanvas getpen getscreen getshapes getturtle goto heading hideturtle
        home ht isdown isvisible left listen lt mainloop mode numinput onclick ondrag onkey
        onkeypress onkeyrelease onrelease onscreenclick ontimer pd pen pencolor pendown
        pensize penup pos position pu radians register_shape reset resetscreen resizemode
        right rt screensize seth setheading setpos setposition settiltangle setundobuffer
        setup setworldcoordinates setx sety shape shapesize shapetransform shearfactor
        showturtle speed st stamp textinput tilt tiltangle title towards tracer turtles
        turtlesize undo undobufferentries up update width window_height window_width write
        write_docstringdict xcor ycor
    """,
    "typing": """
        AbstractSet Annotated Any AnyStr AsyncContextManager AsyncGenerator AsyncIterable
        AsyncIterator Awaitable BinaryIO ByteString Callable ChainMap ClassVar Collection
        Concatenate Container ContextManager Coroutine Counter DefaultDict Deque Dict Final
        ForwardRef FrozenSet Generator Generic Hashable IO ItemsView Iterable Iterator
        KeysView List Literal LiteralString Mapping MappingView Match MutableMapping
        MutableSequence MutableSet NamedTuple Never NewType NoReturn NotRequired Optional
        OrderedDict ParamSpec ParamSpecArgs ParamSpecKwargs Pattern Protocol Required
        Reversible Self Sequence Set Sized SupportsAbs SupportsBytes SupportsComplex
        SupportsFloat SupportsIndex SupportsInt SupportsRound TYPE_CHECKING Text TextIO
        Tuple Type TypeAlias TypeGuard TypeVar TypeVarTuple TypedDict Union Unpack
        ValuesView assert_never assert_type cast clear_overloads dataclass_transform final
        get_args get_origin get_overloads get_type_hints is_typeddict no_type_check
        no_type_check_decorator overload reveal_type runtime_checkable
    """,
    "unittest": """
        FunctionTestCase IsolatedAsyncioTestCase SkipTest TestCase TestLoader TestResult
        TestSuite TextTestResult TextTestRunner addModuleCleanup defaultTestLoader
        doModuleCleanups enterModuleContext expectedFailure findTestCases getTestCaseNames
        installHandler main makeSuite registerResult removeHandler removeResult skip skipIf
        skipUnless
    """,
    "urllib.request": """
        AbstractBasicAuthHandler AbstractDigestAuthHandler BaseHandler CacheFTPHandler
        DataHandler FTPHandler FancyURLopener FileHandler HTTPBasicAuthHandler
        HTTPCookieProcessor HTTPDefaultErrorHandler HTTPDigestAuthHandler HTTPErrorProcessor
        HTTPHandler HTTPPasswordMgr HTTPPasswordMgrWithDefaultRealm
        HTTPPasswordMgrWithPriorAuth HTTPRedirectHandler HTTPSHandler OpenerDirector
        ProxyBasicAuthHandler ProxyDigestAuthHandler ProxyHandler Request URLopener
        UnknownHandler build_opener getproxies install_opener pathname2url url2pathname
        urlcleanup urlopen urlretrieve
    """,
}
