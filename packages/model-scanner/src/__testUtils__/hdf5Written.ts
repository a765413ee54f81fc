import { inflateSync } from 'node:zlib';

const file = (packed: string) =>
  inflateSync(Buffer.from(packed.replace(/\s/g, ''), 'base64'));

/**
 * Files as HDF5 1.14 writes them, each with one attribute `model_config` that
 * holds a Lambda, where the byte-by-byte writer of the tests cannot put it.
 */
export const WRITTEN: Record<string, Buffer> = {
  'in a heap of attributes': file(`
    eNrr9HBx4+WS4mLm4GCAgf9Q8BgqZAAVb311JsbfwyWISfHcKcZsZFzEyCSErBMGuJgYGBkYRIUYWBgY9jFCTAlgghpnw8gwCsgH5mv/Cb
    oFeQQwgGKJiUGAASP+FKEhXQYLcRY0Ggq4ibSRBUknJO40gPRjuNjtuRe5nEI8XIAuAtooCBRJ0TjBBLMDZkvOZ8d7bsFAVQww9zEyoNII
    +wIYKoB2wGROQG2SZkClO9/e2OEU4uMGtDcKpFIFFAQMDLtdxUUYhJAE3osHKDPEMSAE5nj9N2VoQhJYk1lqy2CFJDBNfkoowykkgaenft
    Qy1IEMTYQIvGCZ38AghqRi8d6GPQxmSNbu6D5/gmEZkorjktpvGN4hCWydsPL/RPN11qOJmmzgFhzsCk/ojMCUdR+cZjIernvk5uHiBC99
    wODeBqPrzAzMDDyg9JxowCAAzEKQss6BgQlJHUKNIYYaRgw1RhhqmDDUGGOoYcZQY4KhhgVDjSmGGlYMNWYYatgw1JhjqGHHUGOBoYYDQ4
    0lhhpOuBpeoDhQTW5+SmpOfHJ+XlpmOoMwMPjsoSFUrZSck1hcHJ+XmJuqZKWg5JOYm5SSqKSjoARRDBSrVkorzUsuyczPiy+pLACryoGo
    qq0dTfujAC8AAM7Kqa4=
  `),
  'in a group of a heap of links': file(`
    eNrr9HBx4+WS4mLm4GCAgf9Q0MoD4RtAxXuO3Fvs7+ESxKRw7hRjNjKu4GJiYGRgYBICKatmgyjnZYfqi2CgGWjaFn0Hh5MgjvmPBiAOpa
    WTtu8T0B11Eo2cJCrEwIIpJyDAwCDBBTE4F2aDHqlO2iOwc8NoxBHjJLfgYFcGY2j2ZsxkZJgOYoRbbfLEqmUQ+oBELaM+oEUqCvIIYAAl
    IiYGAQaMyieTEcKHJTOgKlQaCriItJEFSSfEaAUg3QrXvnFpvJJTiIcLAytIHTdQJEWjlR1mB0zZ9AwmF7dgoCoGmPsYGVBphH0BDBVAO2
    AypiwQcSkGVHp6e+pspxAfNwbW+PXTTRhAOYiX4eiEd24MyWDmG/4iP4ZaMFP0xlM/hgIwc12uYjGDDZi5b3NcMUMYmOn393QzgxKY+V4r
    /jCDKJh5snnLRYYuMFO4IvAegz6YKZDfvIBhFAwKMBhrHWcPb55EBgZmYFLhAGWe3PyU1Jz45Py8tMx0BmGgC+yhebFaKTknsbg4Pi8xN1
    XJSkHJJzE3KSVRSUdBCaIYKFatlFaal1ySmZ8XX1JZAFaVA1FVW6v6eo+cm4eLE7zZCG5xFgceYGRgSjc4DM9dTOmGYYwIjtFLJI5xDROC
    Y8LPjOCYLkLimKWwIDjmaqwIjsULJI5lK+dokqQrAACmkaU2
  `),
  'in a group of a tree of names': file(`
    eNrr9HBx4+WS4mIAAQ4OBhYGAQZk8B8KJBRR+TD5BCjNCKU7oPQKJpg4I1hOAiouCDUfXV1IkKsrSPV/NACz5wErhJZgGAUjEXi4OgaA6A
    goXwFKn2BCVZduAKUNobQRavq0INFeXOnXgxnCz2BFTr8MONPvKBhNv8jplwNWXrKipzcICKCSvcF+/i6MDMxw+xSYUe1BT8ew0l+DHc09
    UH4BJ2o5/IITVZ0ApCZhMOAZXvGHqxxAD5fRcmAUkFMOTOCkbTmAK/2i51dC7bAMflR3j4KRnX5h9UUAWnlfgZaOPShOv8wo6VcAavMGqA
    MyGEbL31FAfvkrwE+Pdhgj3L4VPKj2XIDyP/CNxhE+AKu30MOLB1rCMDLwMogAQzk3PyU1Jz45Py8tMx0kLsnICNYpAA9zDpTwtweVLYKI
    OHF39vdhRCrgkNWBQLVSck5icXF8XmJuqpKVgpJPYm5SSqKSjoISxE6gWLVSWmlecklmfl58SWUBWFUORFVtLdw/C/hH43QUjIJRMApGwS
    gYBaNgFIyCUTAKRsEoGCgAANrhpY4=
  `),
  'in a heap of several blocks': file(`
    eNrtmw1QVNcVx//ASlYQgygb/KgCmoipq7z9ZDUlATbb1ZDGsDSTSBQWEUVhTdxFo4aNNWBxG5NJrBODobokVjPGUPshOFYtWFOiCSG0Sd
    NpnPqF66ROnHSso1GX7sfb3IOkM5mJZ2Zn4h24d/fsef9737n3d+57+7HBarYkJYxJiFMqESn9clmZF36eLdv3PbToyCNWc1FsRvexmKX0
    XxMXm0KPjJSEWMQAqSlQAO64sEqyQpa7Hovb5Xb5vpahw58baimyzkEQvFgkYxB/zUXh54YIMWsxEEi5XfUte1SE/sIlJlRnBdpTD0RebW
    k9ocovtpoDIwqgOSLwWkVWY3zk1Ugv9TvfyLLYAl7IkIlOwMBW9DcHzwT6iPTWKJ/jExjYXrGs/WV+caEl0O9nUwPP5wdDALxTfxHwB/PK
    vLBh6OG9Q+AcJww7c13x8A0VhpW6TfEwDxeGFvMyJVTkEH+TR4nUScKQm3gxEaphwpD2j09GwTNEGPYfdKfBlSUG9t+dBaPhzRQej64rHA
    fPD4RBYRuSjp5kYZjwVFIGfMTjz/GnJ8IcT0aq2TUF2VNELzGZ59Ronyg8lrz28DQsDwbsybDhdO40Ceok4fGbHZs0KLlTGBa9MFOLc3cL
    w5X2cgPifyh6Gb/1ugEqIrq6z2CEf7w45LMqyQR/gjAcn7NnJu6NEYfs2Hs0FyV3CY+ssfPz4CcnZ/tDd17Zzo/y/v/azC+e9ZPA/F8gAf
    D3ewugUgiVvrm/WwkPmW7Lh2+/haZYMZK2Q3v6GuU1Pq5RXo+jG4dFHigjD4aHHwz/++XUUbdTURQUmf9eglnhro93w5chptvR97e34UkV
    BvcfH2+Fl+De/nxDG5xkyaz7/edtUJNDNii+aMNywr/yg1H7UTJWGH6sWHgAM9RiHOf1Dx1ESaLwyHd/3IEepTA434s/ghfJ0p2wo6ML5j
    HC4/59ZcfhJURs27P7fahGCUMDLnwAJ0kZ82oaeqEi8Wg+0vEJnKTb6ytaP0UngXlewYgT8BJUn7VPPInfThMeZ35efhoF9wiP178MGLaQ
    s93YcvAMLhPDlYa7z8JDpmH3W6v6ztr69nPMvzNd9ONqvmrBVJK8jh7XF8IzQhjq//pYIXpI7i5wtz6KDeSQqk1XbTCTbPaXVzuL4SM5c7
    HrZ09ATUS79v1oPk6T9Faz+8B8qEjcDysry+Ak3R6OT7GjmIQ57fA9duy6VxgSGqZVoIQk861njlVATXaZ9lfKKuEbLQy1u5IWo4es5QuV
    7y2Gjxyyd0r9EvjJ8p+eoloKP9mYijYvrYYqjazDltpqeMme+p8HTA74CCDzFhxaDi+J2K9OPuuEiszL5Mom5/nVB1n4X0/iXnqtdw16CC
    K/XpfvRskEsryLCt1Inh4w2GVUFdvWoods97PPdz4PJwnA5qvuBqgIZinbV6zHDULEgylfrIeZBNGRMLsRZkLVTL+jEWqymR94/1IjSu4g
    oif2/QJelTBce7P+BXSTbXbN41dehJOc3NyLnS/DQxbm2RHrX0EPibuj/HLAQM5F2fLwZrjJFdOmtne34DLZD9fGWJuwnZzcyRmuZswmC9
    P1+ZPbYSYj7ah1eFEyUhhauz/1ooJkmfM7+lqsl7pPccy/l+TMupp3z0FNEk9PXaoPfuLR0fvSv/EhSeaxG1dfhIdA1FWm+hJFcSIi0rqj
    l6AmHqnPzboKPwnAloaNX0FNrjL+lXL2K+SSqE555s1rMBOIJh3adgM+kkO6H2v2I53MzJHa5H7MnSwMm8f39hdYu/pv7/zhYrHZHvz6Rk
    dpDeTDIE5oTwzVd4bqkaH6rlA9NlRPCNWTQzc0gZuld0I3JDEvAU9PD904nUt8w2I153/93kPoZsTe37Q9DkmB1Rbozu5yLa8qr3UtlLIl
    jAxkn/tCd2PAiu9Qvkldw6quZVXXsarrWdUNrOpGVvUcVnUTp7qUzarOyqrEyqrEyqrEyqrEyqrEyqrEyqrEyqrEwGrNsoqF1aULljkqqx
    aF1O+X1ddkLqi2O52lDnvNwswZ6ZmF9pryCnvm1PTMsHPAtiazstaxwFW1zFHqWvVUyKs67FVXF20XFgP2/+DldHnn1htxGHZTjHNuZcIa
    JC5xims4xbWc4jpOcT2nuIFT3MgpnsMpbmIUN3ESauIk1MRJqImTUBMnoSZOQk2chJo4CTVxEmpiverPvnWI8uz/wbcGtaXp1wYHxsiZXY
    yc2cXImV2MnNnFyJldjJzZxciZXYyc2cXImV2MpijnP/jueeurZR2Dh27g5N/Ayb+Bk38DJ/8GTv4NnPwbOPk3cPJv4OTfEO38Bz9wy9LZ
    tgweup6Tfz0n/3pO/vWc/Os5+ddz8q/n5F/Pyb+ek399tPMf/OD/p3/SfAP/Ok7+dZz86zj513Hyr+PkX8fJv46Tfx0n/zpO/nXRzn/wS1
    tdG2YZBw9dy8m/lpN/LSf/Wk7+tZz8azn513Lyr+XkX8vJvzba+Q9+izNvjO2RwUPXcPKv4eRfw8m/hpN/DSf/Gk7+NZz8azj513Dyr4l2
    /oNfMPxIYWsfPHSJk3+Jk3+Jk3+Jk3+Jk3+Jk3+Jk3+Jk3+Jk38p2vkPlgxL3T/jkHjT0G8l/jdrS4zaGkZtLaO2jlFbz6htYNQ2MmrnMG
    pHH/WU/1k38X/qPrnNkVud3Mo/pz41VW6z5HaS3KbLbZrcJg/8ufa3LfVLjj39P1pObwo=
  `),
};
